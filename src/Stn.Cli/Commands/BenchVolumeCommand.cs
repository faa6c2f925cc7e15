using System.CommandLine;
using System.Text.Json;
using Stn.Experiments.Benchmarks;
using Stn.Experiments.Runs;
using Stn.Torch;

namespace Stn.Cli.Commands;

/// <summary><c>stn bench volume</c>.</summary>
internal static class BenchVolumeCommand
{
    private const string Help = """
        A training step of 3d/st-cnn, digits in volumes of 60×60×60, against the same network with libtorch's own grid generator and
        sampler, in turn; medians. Beside the step the warp alone with its gradient of θ, and what is left of the step without it.

        Examples:
          stn bench volume
          stn bench volume --batch 16 --threads 2 --json > results/bench-volume.json
        """;

    internal static Command Create()
    {
        var common = new CommonOptions();
        var batch = new Option<int>("--batch") { Description = "Volumes of a step", DefaultValueFactory = _ => 16 };
        var seconds = new Option<double>("--seconds") { Description = "About how long a row takes", DefaultValueFactory = _ => 15 };
        var threads = new Option<int[]>("--threads") { Description = "Numbers of threads (default: 1 and 2)", AllowMultipleArgumentsPerToken = true };
        var command = new Command("volume", Help) { batch, seconds, threads, common.Json };
        command.SetAction(parsed =>
        {
            var (size, time, counts) = (parsed.GetValue(batch), parsed.GetValue(seconds), parsed.GetValue(threads) is { Length: > 0 } given ? given : [1, 2]);
            if (size < 1)
                throw new ArgumentException($"--batch must be 1 or more, got {size}");
            if (counts.Any(count => count < 1))
                throw new ArgumentException($"--threads must be 1 or more, got {string.Join(' ', counts)}");
            if (time is not > 0)
                throw new ArgumentException($"--seconds must be positive, got {time}");
            return Print(counts.Select(count => Measure(size, count, time)), parsed.GetValue(common.Json));
        });
        return command;
    }

    private static VolumeRow Measure(int batch, int threads, double seconds)
    {
        var before = TorchRuntime.Threads;
        TorchRuntime.Threads = threads;
        try
        {
            return VolumeBench.Measure(batch, seconds);
        }
        finally
        {
            TorchRuntime.Threads = before;
        }
    }

    private static int Print(IEnumerable<VolumeRow> rows, bool json)
    {
        if (json)
        {
            var report = new VolumeReport(
                [.. rows], RunManifest.BuildVersion, TorchRuntime.Version, RunManifest.ProcessorName(), Environment.ProcessorCount, VolumeBench.Seed, DateTime.UtcNow);
            System.Console.WriteLine(JsonSerializer.Serialize(report, JsonStyle.Line));
            return StnTool.Success;
        }

        System.Console.WriteLine($"{"batch",5} {"threads",7} {"step ms",9} {"libtorch",9} {"ratio",6} {"warp ms",9} {"libtorch",9} {"ratio",6} {"rest ms",9} {"libtorch",9}");
        foreach (var row in rows)
        {
            System.Console.WriteLine(
                $"{row.Batch,5} {row.Threads,7} {row.StnMs,9:f1} {row.LibtorchMs,9:f1} {row.Ratio,6:f2} {row.StnWarpMs,9:f1} {row.LibtorchWarpMs,9:f1} {row.WarpRatio,6:f1} {row.StnRestMs,9:f1} {row.LibtorchRestMs,9:f1}");
        }

        return StnTool.Success;
    }
}
