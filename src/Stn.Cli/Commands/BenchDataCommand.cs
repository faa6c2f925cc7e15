using System.CommandLine;
using System.Text.Json;
using Stn.Data;
using Stn.Data.Distortions;
using Stn.Experiments.Benchmarks;
using Stn.Experiments.Networks;
using Stn.Experiments.Runs;
using Stn.Torch;

namespace Stn.Cli.Commands;

/// <summary><c>stn bench data</c>.</summary>
internal static class BenchDataCommand
{
    private const string Help = """
        What the data pipeline adds to the wall time of an epoch: training on RTS digits that are distorted meanwhile, against the same
        on batches that were made before, in turn; medians.

        Examples:
          stn bench data
          stn bench data --only fcn --json
        """;

    internal static Command Create(Func<string?, Mnist> digits)
    {
        var common = new CommonOptions(digits);
        var only = new Option<string>("--only") { Description = $"One network (default: {string.Join(", ", StepBench.Networks)})" };
        var batch = new Option<int>("--batch") { Description = "Images of a step", DefaultValueFactory = _ => 256 };
        var seconds = new Option<double>("--seconds") { Description = "About how long a network takes", DefaultValueFactory = _ => 20 };
        var command = new Command("data", Help) { only, batch, seconds, common.Threads, common.Data, common.Json };
        command.SetAction(parsed =>
        {
            common.ApplyThreads(parsed);
            if (parsed.GetValue(batch) < 1)
                throw new ArgumentException($"--batch must be 1 or more, got {parsed.GetValue(batch)}");
            if (parsed.GetValue(seconds) is not > 0)
                throw new ArgumentException($"--seconds must be positive, got {parsed.GetValue(seconds)}");
            IReadOnlyList<string> networks = parsed.GetValue(only) is { } name ? [DigitNetworks.Find(name).Name] : StepBench.Networks;
            var set = DistortedSet.Training(common.Sources(parsed).Mnist.Train, new RtsDistortion(), seed: 1);
            var bench = new DataBench(set, parsed.GetValue(batch), parsed.GetValue(seconds));
            return Print(set, networks.Select(bench.Measure), parsed.GetValue(common.Json));
        });
        return command;
    }

    private static int Print(DistortedSet set, IEnumerable<DataRow> rows, bool json)
    {
        if (json)
        {
            var report = new DataReport(
                [.. rows], $"{set.Count} digits; {set.Description}", RunManifest.BuildVersion, TorchRuntime.Version, RunManifest.ProcessorName(),
                Environment.ProcessorCount, TorchRuntime.Threads, DateTime.UtcNow);
            System.Console.WriteLine(JsonSerializer.Serialize(report, JsonStyle.Line));
            return StnTool.Success;
        }

        System.Console.WriteLine($"{"network",-12} {"canvas",6} {"batch",5} {"step ms",9} {"prepared",9} {"added",7} {"batch ms",9} {"first",7} {"network",8}");
        foreach (var row in rows)
        {
            System.Console.WriteLine(
                $"{row.Network,-12} {row.Canvas,6} {row.Batch,5} {row.PipelineMs,9:f3} {row.PreparedMs,9:f3} {row.AddedPercent,6:f1}% {row.ProducerMs,9:f3} {row.FirstBatchMs,7:f1} {row.NetworkMs,8:f1}");
        }

        return StnTool.Success;
    }
}
