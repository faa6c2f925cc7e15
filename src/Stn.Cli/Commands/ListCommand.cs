using System.CommandLine;
using System.Text.Json;
using Stn.Experiments.Catalogue;
using Stn.Experiments.CoLocalisation;
using Stn.Experiments.Folders;
using Stn.Experiments.Results;
using Stn.Experiments.Runs;
using Stn.Experiments.Training;

namespace Stn.Cli.Commands;

/// <summary><c>stn list</c>.</summary>
internal static class ListCommand
{
    internal static Command Create()
    {
        var json = new CommonOptions().Json;
        var settings = new Option<bool>("--settings") { Description = "Show the settings of each protocol, as --set changes them" };
        var command = new Command("list", "Show the experiments: name, parameters, the paper's table and number, ours, the mean of the seeds, and the minutes of a run.\n\nExamples:\n  stn list\n  stn list --settings") { json, settings };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json))
                System.Console.WriteLine(JsonSerializer.Serialize(Rows(), JsonStyle.Line));
            else if (parsed.GetValue(settings))
                PrintSettings();
            else
                Print();
            return StnTool.Success;
        });
        return command;
    }

    private static void Print()
    {
        System.Console.WriteLine($"{"experiment",-24} {"parameters",10}  {"paper",-30} {"ours",-18} what");
        foreach (var row in Rows())
        {
            var paper = row.Paper is { } p ? $"table {p.Table}, {p.Row}: {p.Error:f1} %" : "–";
            var ours = row.Ours is null ? "–" : $"{row.Ours:f2} %, {row.Minutes:f0} min";
            System.Console.WriteLine($"{row.Name,-24} {row.Parameters,10}  {paper,-30} {ours,-18} {row.Summary}");
        }

        var localised = CoLocalisationExperiments.All.GroupBy(settings => settings.Data).Select(group => $"{group.Key}/0 to {group.Key}/{group.Count() - 1}");
        System.Console.WriteLine($"\nCo-localisation, table 5: {string.Join(", ", localised)}; its encoder: {CoLocalisationExperiments.Encoder}");
        var own = string.Join(", ", FolderExperiments.Networks.Select(network => $"{FolderExperiments.Prefix}/{network}"));
        System.Console.WriteLine($"\nOn your own pictures (stn train {FolderExperiments.Prefix}/st-cnn-aff --data <folder>): {own}");
    }

    private static IEnumerable<Row> Rows()
    {
        var records = CommonOptions.Results().All().ToLookup(record => (record.Experiment, record.Protocol));
        return ExperimentCatalogue.All.Select(experiment => Row.Of(experiment, RecordStates.CurrentOrEarlier(records[(experiment.Name, Protocols.Fast)]).Records));
    }

    // Each set of settings once, with the experiments that have it.
    private static void PrintSettings()
    {
        var all = from experiment in ExperimentCatalogue.All
                  from protocol in experiment.Protocols
                  group experiment.Name by (protocol.Key, Text: ConfigFile.Text(protocol.Value));
        foreach (var one in all)
            System.Console.WriteLine($"{one.Key.Key}: {string.Join(", ", one)}\n{one.Key.Text}");
    }

    // Ours is the mean of the seeds by the protocol fast, as in the tables; so are the minutes.
    private sealed record Row(string Name, string Summary, long Parameters, PaperResult? Paper, double? Ours, double? Minutes)
    {
        internal static Row Of(Experiment experiment, IReadOnlyList<RunRecord> seeds)
        {
            using var network = experiment.Network();
            return new Row(experiment.Name, experiment.Summary, network.CountLearned(), experiment.Paper, Mean(seeds, r => r.Error), Mean(seeds, r => r.Minutes));
        }

        private static double? Mean(IReadOnlyList<RunRecord> seeds, Func<RunRecord, double> value) => seeds.Count == 0 ? null : seeds.Average(value);
    }
}
