using System.CommandLine;
using System.Text.Json;
using Stn.Data;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Reports;
using Stn.Experiments.Runs;
using Stn.Experiments.Training;

namespace Stn.Cli.Commands;

/// <summary><c>stn eval</c>.</summary>
internal static class EvalCommand
{
    private const int WorstShown = 10;

    internal static Command Create(Func<string?, Mnist> digits)
    {
        var common = new CommonOptions(digits);
        var path = new Argument<string>("run") { Description = "A run's folder, or a weights file (then --experiment says of what)" };
        var experiment = new Option<string>("--experiment") { Description = "For a weights file: the experiment whose network it is" };
        var command = new Command(
            "eval", "Measure a trained network on the fixed test set: error, error of each class, worst cases.\n\nExamples:\n  stn eval runs/rts-st-cnn-aff-fast-seed1\n  stn eval model.safetensors --experiment rts/st-cnn-aff --json")
        {
            path, experiment, common.Threads, common.Device, common.Data, common.Json,
        };
        command.SetAction(parsed =>
        {
            common.ApplyThreads(parsed);
            using var run = Load(parsed.GetValue(path)!, parsed.GetValue(experiment), common, parsed);
            if (parsed.GetValue(common.Json))
                PrintJson(run);
            else
                Print(run);
            return StnTool.Success;
        });
        return command;
    }

    private static TrainedRun Load(string path, string? experiment, CommonOptions common, ParseResult parsed)
    {
        if (!Path.Exists(path))
            throw new FileNotFoundException($"{path}: there is no such run or weights file");
        if (!File.Exists(path))
            return TrainedRun.LoadForTest(path, common.Sources(parsed), parsed.GetValue(common.Device));
        if (experiment is null)
            throw new ArgumentException($"{path} is a weights file: say with --experiment whose network it is");
        var config = ExperimentCatalogue.Find(experiment).Config(Protocols.Fast);
        return TrainedRun.Load(config, path, common.Sources(parsed), parsed.GetValue(common.Device) ?? "cpu", []);
    }

    private static void Print(TrainedRun run)
    {
        System.Console.WriteLine($"{run.Config.Experiment}: {run.Evaluation.Error:f2} % error on {run.Evaluation.Predictions.Count} images");
        var unit = run.Sets.Evaluation.LabelsPerSample > 1 ? " labels" : string.Empty;
        foreach (var (label, count, error) in run.Evaluation.PerClass)
            System.Console.WriteLine($"  {Names(run, [label])}: {error,6:f2} % of {count}{unit}");
        System.Console.WriteLine("worst cases (image, true class, read as, with what probability):");
        foreach (var one in run.Evaluation.Worst.Take(WorstShown))
            System.Console.WriteLine($"  {one.Index,5}  {Names(run, one.Labels)}  {Names(run, one.Answers)}  {one.Confidence:f3}");
    }

    private static string Names(TrainedRun run, IEnumerable<int> labels) => LabelText.Of(run.ClassNames, labels);

    private static void PrintJson(TrainedRun run) =>
        System.Console.WriteLine(JsonSerializer.Serialize(
            new
            {
                run.Config.Experiment,
                run.Evaluation.Error,
                Images = run.Evaluation.Predictions.Count,
                PerClass = run.Evaluation.PerClass.Select(c => new { c.Label, c.Count, c.Error }),
                Worst = run.Evaluation.Worst.Take(WorstShown).Select(p => new { p.Index, p.Label, p.Predicted, p.Labels, p.Answers, p.Confidence }),
            },
            JsonStyle.Line));
}
