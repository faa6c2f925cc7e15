using System.CommandLine;
using System.Text.Json;
using Stn.Data;
using Stn.Experiments.Figures;
using Stn.Experiments.Runs;

namespace Stn.Cli.Commands;

/// <summary><c>stn figure</c>.</summary>
internal static class FigureCommand
{
    private const string Folder = "figures";

    internal static Command Create(Func<string?, Mnist> digits)
    {
        var common = new CommonOptions(digits);
        var name = new Argument<string>("figure") { Description = string.Join('\n', FigureCatalogue.All.Select(f => $"{f.Name}: {f.Summary}")) };
        var output = new Option<string>("--out", "-o") { Description = $"The folder for its PNG files (default: {Folder})" };
        var command = new Command("figure", "Make a figure. Figures 1, 5, \"addition\", \"numbers\" and \"birds\" are of trained networks, in runs/ or in results/ with weights; \"birds\" needs CUB-200-2011, 1, 4, 5, \"addition\", \"data\" and \"numbers\" MNIST (\"numbers\" of svhn networks the archives of SVHN), and 4 the record of a co-localisation; 3 and \"transformations\" need nothing.\n\nExamples:\n  stn figure 1\n  stn figure 3\n  stn figure transformations -o docs/images/transformations\n  stn figure data -o docs/images\n  stn figure birds --data CUB_200_2011") { name, output, common.Data, common.Json };
        command.SetAction(parsed =>
        {
            var files = FigureCatalogue.Write(
                parsed.GetValue(name)!, parsed.GetValue(output) ?? Folder,
                new FigureSources(common.Sources(parsed), CommonOptions.Results(), CommonOptions.Runs(), System.Console.Error.WriteLine));
            if (parsed.GetValue(common.Json))
                System.Console.WriteLine(JsonSerializer.Serialize(new { Figure = parsed.GetValue(name), Files = files }, JsonStyle.Line));
            else
                System.Console.WriteLine(string.Join('\n', files));
            return StnTool.Success;
        });
        return command;
    }
}
