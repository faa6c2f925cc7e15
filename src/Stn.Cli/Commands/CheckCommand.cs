using System.CommandLine;
using System.Text.Json;
using Stn.Checks;
using Stn.Checks.Cases;
using Stn.Checks.Results;
using Stn.Experiments.Runs;
using Stn.Torch;

namespace Stn.Cli.Commands;

/// <summary><c>stn check</c>.</summary>
internal static class CheckCommand
{
    /// <param name="table">The cases of a full run, and those of <c>--quick</c>.</param>
    internal static Command Create(Func<bool, CheckTable>? table = null)
    {
        table ??= quick => quick ? CheckTable.Quick : CheckTable.Default;
        var common = new CommonOptions();
        var only = new Option<string>("--only") { Description = "Only cases whose names hold this, such as bicubic, 3d/ or 2d/tps/" };
        var quick = new Option<bool>("--quick") { Description = "A share of the table, in seconds" };
        var seed = new Option<int>("--seed") { Description = "The inputs' numbers follow from it", DefaultValueFactory = _ => 1 };
        var command = new Command(
            "check",
            "Compare every transformation × sampler × padding × convention × type, values and gradients, with the scalar forms, with finite\n"
            + "differences in float64 and with the installed libtorch; and show that no kernel leaves its buffers.\n\n"
            + "A disagreement of libtorch's own paths that is known is named; every other one is a failure, and the exit code is 1.\n\n"
            + "Examples:\n  stn check\n  stn check --quick\n  stn check --only 2d/affine/bilinear --json\n  stn check --quick --device cuda")
        {
            only, quick, seed, common.Device, common.Json,
        };
        command.SetAction(parsed => Run(
            table(parsed.GetValue(quick)), parsed.GetValue(only), parsed.GetValue(quick), parsed.GetValue(seed), Device.Parse(parsed.GetValue(common.Device) ?? "cpu"), parsed.GetValue(common.Json)));
        return command;
    }

    private static int Run(CheckTable table, string? only, bool quick, int seed, Device device, bool json)
    {
        TorchRuntime.RequireDevice(device);
        var report = CheckRun.Of(only is null ? table : table.Only(only), seed, only is null ? Shapes(quick) : 0, device);
        if (json)
            System.Console.WriteLine(JsonSerializer.Serialize(Summary(report), JsonStyle.Line));
        else
            System.Console.WriteLine(report);
        return report.Failed == 0 ? StnTool.Success : StnTool.Failure;
    }

    // Random shapes and grids for the buffers' check.
    private static int Shapes(bool quick) => quick ? 3_000 : 100_000;

    private static object Summary(CheckReport report) => new
    {
        report.Cases,
        report.Passed,
        report.Failed,
        report.Explained,
        report.Libtorch,
        report.Seconds,
        Disagreements = report.Met.Select(met => new { met.Known.Name, met.Known.Reason, met.Checks, met.Numbers }),
        Failures = report.Failures.Select(failure => new { failure.Case, failure.Input, failure.Check, failure.Detail }),
    };
}
