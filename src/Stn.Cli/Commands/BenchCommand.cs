using System.CommandLine;
using System.Text.Json;
using Stn.Checks.Benchmarks;
using Stn.Data;
using Stn.Experiments.Runs;
using Stn.Torch;

namespace Stn.Cli.Commands;

/// <summary><c>stn bench</c>.</summary>
internal static class BenchCommand
{
    internal static Command Create(Func<string?, Mnist> digits)
    {
        var command = new Command("bench", "Time Stn against libtorch and PyTorch on the same work in one run; ratios above 1 are in favour of Stn.");
        command.Subcommands.Add(Sampler());
        foreach (var each in BenchStepCommand.Create())
            command.Subcommands.Add(each);
        command.Subcommands.Add(BenchDataCommand.Create(digits));
        command.Subcommands.Add(BenchVolumeCommand.Create());
        return command;
    }

    private static Command Sampler()
    {
        var json = new CommonOptions().Json;
        var only = new Option<string>("--only") { Description = $"One work: {string.Join(", ", SamplerWork.All.Select(work => work.Name))}" };
        var size = new Option<string>("--size") { Description = "One size, NxCxHxW or NxCxDxHxW (default: those of the table)" };
        var threads = new Option<int[]>("--threads") { Description = "Numbers of threads (default: 1 and 2)", AllowMultipleArgumentsPerToken = true };
        var seconds = new Option<double>("--seconds") { Description = "About how long a row takes", DefaultValueFactory = _ => 0.6 };
        var markdown = new Option<bool>("--markdown") { Description = "Print a table for a document" };
        var command = new Command(
            "sampler",
            "Warps with their gradients: libtorch's affine_grid_generator and grid_sampler, ours, and a memory copy as the floor.\n\n"
            + "Both sides run in turn on the same tensors, allocate their results and record them for autograd; times are medians.\n\n"
            + "Examples:\n  stn bench sampler\n  stn bench sampler --only affine-forward --size 256x1x42x42\n  stn bench sampler --threads 2 --json")
        {
            only, size, threads, seconds, markdown, json,
        };
        command.SetAction(parsed => Run(
            Rows(parsed.GetValue(only), parsed.GetValue(size), parsed.GetValue(threads), parsed.GetValue(seconds)),
            parsed.GetValue(json), parsed.GetValue(markdown)));
        return command;
    }

    private static IEnumerable<SamplerRow> Rows(string? only, string? size, int[]? threads, double seconds)
    {
        var works = only is null ? SamplerWork.All : [.. SamplerWork.All.Where(work => work.Name == only)];
        if (works.Count == 0)
            throw new ArgumentException($"--only knows {string.Join(", ", SamplerWork.All.Select(work => work.Name))}, not '{only}'");
        var one = size is null ? null : BenchSize.Parse(size);
        if (one is not null && works.All(work => work.IsVolume != one.IsVolume))
            throw new ArgumentException($"'{only}' does not work on {one}: images are NxCxHxW, volumes NxCxDxHxW");
        if (threads?.Any(count => count < 1) == true)
            throw new ArgumentException($"--threads must be 1 or more, got {string.Join(" ", threads)}");
        if (seconds is not > 0)
            throw new ArgumentException($"--seconds must be positive, got {seconds}");
        return
            from work in works
            from each in one is null ? work.Sizes : [one]
            where each.IsVolume == work.IsVolume
            from count in threads is { Length: > 0 } ? threads : [1, 2]
            select SamplerBench.Measure(work, each, count, seconds);
    }

    private static int Run(IEnumerable<SamplerRow> rows, bool json, bool markdown)
    {
        if (json || markdown)
        {
            var report = new SamplerReport(
                [.. rows], RunManifest.BuildVersion, TorchRuntime.Version, RunManifest.ProcessorName(), Environment.ProcessorCount,
                SamplerBench.Seed, DateTime.UtcNow);
            System.Console.Write(json ? JsonSerializer.Serialize(report, JsonStyle.Line) + "\n" : report.Markdown());
            return StnTool.Success;
        }

        System.Console.WriteLine(
            $"{"work",-30} {"size",-15} {"threads",7} {"Stn ms",9} {"libtorch ms",11} {"ratio",7} {"memcpy ms",9} {"ns/value",8} {"x memcpy",8}");
        foreach (var row in rows)
        {
            System.Console.WriteLine(
                $"{row.Work,-30} {row.Size,-15} {row.Threads,7} {row.StnMs,9:f3} {row.LibtorchMs,11:f3} {row.Ratio,7:f1} {row.MemcpyMs,9:f3} {row.NsPerElement,8:f2} {row.TimesMemcpy,8:f1}");
        }

        return StnTool.Success;
    }
}
