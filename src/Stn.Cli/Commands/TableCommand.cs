using System.CommandLine;
using System.Text.Json;
using Stn.Experiments.Runs;
using Stn.Experiments.Tables;

namespace Stn.Cli.Commands;

/// <summary><c>stn table</c>.</summary>
internal static class TableCommand
{
    internal static Command Create()
    {
        var json = new CommonOptions().Json;
        var number = new Argument<int?>("table")
        {
            Description = string.Join('\n', PaperTables.All.Select(t => $"{t.Number}: {t.Title}")) + "\n(default: all)",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var markdown = new Option<bool>("--markdown") { Description = "Print it for a document; docs/results.md is 'stn table --markdown'" };
        var command = new Command(
            "table", "Show a table of the paper with our number beside each of its numbers, from the records in results/.\n\nExamples:\n  stn table 1\n  stn table 2 --markdown\n  stn table --markdown > docs/results.md\n  stn table 1 --json")
        {
            number, markdown, json,
        };
        command.SetAction(parsed =>
        {
            IReadOnlyList<IPaperTable> tables = parsed.GetValue(number) is { } one ? [PaperTables.Find(one)] : PaperTables.All;
            var files = CommonOptions.Results();
            System.Console.Write(
                parsed.GetValue(json) ? JsonSerializer.Serialize(tables.SelectMany(t => t.Json(files)), JsonStyle.WithNulls) + "\n"
                : parsed.GetValue(markdown) ? (parsed.GetValue(number) is null ? ResultsPage.Of(files) : tables[0].Markdown(files))
                : string.Join('\n', tables.Select(t => t.Text(files))));
            return StnTool.Success;
        });
        return command;
    }
}
