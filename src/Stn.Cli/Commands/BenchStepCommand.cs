using System.CommandLine;
using System.Text.Json;
using Stn.Experiments.Benchmarks;
using Stn.Experiments.Networks;
using Stn.Experiments.Runs;
using Stn.Torch;

namespace Stn.Cli.Commands;

/// <summary><c>stn bench step</c> and <c>stn bench scaling</c>.</summary>
internal static class BenchStepCommand
{
    private const string WorkerName = "worker";
    private const string StepHelp = """
        The paper's networks, training and inference, against the same networks in PyTorch (Debian: python3-torch).

        Each side is a process of its own with the same weights and batches; they take turns, times are medians. PyTorch runs twice: as people
        write it, and in the fastest form that its own settings give.

        --only svhn64 (or another data set of house numbers) times our own networks of it in turn: what their transformers cost.

        Examples:
          stn bench step
          stn bench step --only st-cnn-aff --canvas 42
          stn bench step --only cub-small/2st-cnn-128
          stn bench step --only svhn64 --batch 16
          stn bench step --json > results/bench-step.json
        """;

    private const string ScalingHelp = """
        A training step over the batch and over the canvas: time an image and memory, ours and PyTorch's, as a page with charts.

        Examples:
          stn bench scaling
          stn bench scaling --batches 16 64 256 --canvases 28 60 --out scaling.html
        """;

    private const int DigitBatch = 256;
    private const int BirdBatch = 32;
    private const int NumberBatch = 64; // of their fast protocol

    private static readonly string Known = string.Join(", ", StepBench.Networks);

    internal static IEnumerable<Command> Create() => [Step(), Scaling(), Worker()];

    private static Command Step()
    {
        var common = new CommonOptions();
        var only = new Option<string>("--only") { Description = $"One network: {Known}, another of digits of stn list, or {StepBench.Birds}; or a data set: {string.Join(", ", CostBench.DataSets)}" };
        var canvas = new Option<int?>("--canvas") { Description = "One canvas, the side of the images (default: 28, 42, 60)" };
        var batch = new Option<int?>("--batch") { Description = $"Images of a step (default: {DigitBatch}; of birds {BirdBatch}, of house numbers {NumberBatch})" };
        var seconds = new Option<double>("--seconds") { Description = "About how long a row takes", DefaultValueFactory = _ => 4 };
        var markdown = new Option<bool>("--markdown") { Description = "Print a table for a document" };
        var command = new Command("step", StepHelp) { only, canvas, batch, seconds, common.Threads, markdown, common.Json };
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(only);
            var isBirds = name == StepBench.Birds;
            var hasOwnSize = isBirds || (name is not null && CostBench.DataSets.Contains(name));
            if (hasOwnSize && parsed.GetValue(canvas) is { } refused)
                throw new ArgumentException($"--canvas {refused}: the images of {name} have a size of their own");
            if (name is not null && CostBench.DataSets.Contains(name))
                return Costs(name, AtLeastOne("--batch", parsed.GetValue(batch) ?? NumberBatch), common.ThreadCount(parsed), parsed.GetValue(seconds), parsed.GetValue(common.Json), parsed.GetValue(markdown));
            IReadOnlyList<string> networks = name is null ? StepBench.Networks : isBirds ? [name] : [DigitNetworks.Find(name).Name];
            IReadOnlyList<int> canvases = isBirds ? [StepBench.BirdCanvas] : parsed.GetValue(canvas) is { } side ? [side] : StepBench.Canvases;
            var size = AtLeastOne("--batch", parsed.GetValue(batch) ?? (isBirds ? BirdBatch : DigitBatch));
            var bench = Bench(common.ThreadCount(parsed), parsed.GetValue(seconds), withTuned: true);
            var rows = networks.SelectMany(network => canvases.SelectMany(each => bench.Bench.Measure(network, each, size)));
            return Print(bench, rows, parsed.GetValue(common.Json), parsed.GetValue(markdown));
        });
        return command;
    }

    private static Command Scaling()
    {
        var common = new CommonOptions();
        var network = new Option<string>("--network") { Description = "The network", DefaultValueFactory = _ => "st-cnn-aff" };
        var batches = new Option<int[]>("--batches") { Description = $"The batches, on {ScalingPage.Canvas}×{ScalingPage.Canvas} images (default: {string.Join(' ', ScalingPage.Batches)})", AllowMultipleArgumentsPerToken = true };
        var canvases = new Option<int[]>("--canvases") { Description = $"The canvases, at a batch of {ScalingPage.Batch} (default: {string.Join(' ', ScalingPage.Canvases)})", AllowMultipleArgumentsPerToken = true };
        var seconds = new Option<double>("--seconds") { Description = "About how long a point takes", DefaultValueFactory = _ => 4 };
        var output = new Option<string>("--out") { Description = "The page (default: scaling.html in runs/)" };
        var command = new Command("scaling", ScalingHelp) { network, batches, canvases, seconds, output, common.Threads, common.Json };
        command.SetAction(parsed =>
        {
            var name = DigitNetworks.Find(parsed.GetValue(network)!).Name;
            var path = Path.GetFullPath(parsed.GetValue(output) ?? Path.Combine(CommonOptions.Home(), "runs", "scaling.html"));
            var byBatch = Numbers("--batches", parsed.GetValue(batches), ScalingPage.Batches).Select(size => (ScalingPage.Canvas, size)).ToArray();
            var byCanvas = Numbers("--canvases", parsed.GetValue(canvases), ScalingPage.Canvases).Select(side => (side, ScalingPage.Batch)).ToArray();
            var bench = Bench(common.ThreadCount(parsed), parsed.GetValue(seconds), withTuned: false);
            return Scale(bench, name, byBatch, byCanvas, path, parsed.GetValue(common.Json));
        });
        return command;
    }

    // Our side of both, a process of its own as PyTorch's are.
    private static Command Worker()
    {
        var threads = new Option<int>("--threads") { DefaultValueFactory = _ => Environment.ProcessorCount };
        var command = new Command(WorkerName, "Answers stn bench step on standard input.") { threads };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            StepWorker.Run(System.Console.In, System.Console.Out, parsed.GetValue(threads));
            return StnTool.Success;
        });
        return command;
    }

    private static int Costs(string data, int batch, int threads, double seconds, bool json, bool markdown)
    {
        RequirePositive(seconds);
        TorchRuntime.Threads = threads;
        var report = new CostReport(
            CostBench.Measure(data, batch, seconds), RunManifest.BuildVersion, TorchRuntime.Version, RunManifest.ProcessorName(), threads, DateTime.UtcNow);
        if (json)
            System.Console.WriteLine(JsonSerializer.Serialize(report, JsonStyle.Line));
        else if (markdown)
            System.Console.Write(report.Markdown());
        else
            Print(report);
        return StnTool.Success;
    }

    private static void Print(CostReport report)
    {
        System.Console.WriteLine($"{"experiment",-24} {"batch",5} {"ms a step",10} {"more",7} {"images/s",9} {"parameters",11}");
        foreach (var row in report.Rows)
            System.Console.WriteLine($"{row.Experiment,-24} {row.Batch,5} {row.StepMs,10:f1} {(row.Cost is { } cost ? $"{cost:f1} %" : "–"),7} {row.ImagesPerSecond,9:f1} {row.Parameters,11}");
    }

    private static int Scale(
        Prepared bench, string network, IReadOnlyList<(int Canvas, int Batch)> byBatch, IReadOnlyList<(int Canvas, int Batch)> byCanvas, string path, bool json)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var measured = new Dictionary<(int Canvas, int Batch), StepRow>();
        var points = byBatch.Concat(byCanvas).Distinct();
        var code = Print(bench, points.Select(point => measured[point] = bench.Bench.MeasureTraining(network, point.Canvas, point.Batch)), json, markdown: false);
        ScalingPage.Write(path, bench.Report([.. measured.Values]), [.. byBatch.Select(point => measured[point])], [.. byCanvas.Select(point => measured[point])]);
        System.Console.Error.WriteLine($"page: {path}");
        return code;
    }

    private static int Print(Prepared bench, IEnumerable<StepRow> rows, bool json, bool markdown)
    {
        if (json || markdown)
        {
            var report = bench.Report([.. rows]);
            System.Console.Write(json ? JsonSerializer.Serialize(report, JsonStyle.Line) + "\n" : report.Markdown());
            return StnTool.Success;
        }

        System.Console.WriteLine($"peak {bench.Peak.Fma:f0} GFLOP/s in registers, {bench.Peak.Sgemm:f0} in libtorch's sgemm");
        System.Console.WriteLine($"{"network",-12} {"canvas",6} {"batch",5} {"phase",-9} {"Stn ms",9} {"PyTorch",9} {"ratio",6} {"best",9} {"ratio",6} {"images/s",9} {"GFLOP/s",8} {"of peak",7} {"warp",6} {"local.",6} {"MB",6} {"PyTorch",7}");
        foreach (var row in rows)
        {
            System.Console.WriteLine(
                $"{row.Network,-12} {row.Canvas,6} {row.Batch,5} {row.Phase,-9} {row.StnMs,9:f3} {row.PytorchMs,9:f3} {row.Ratio,6:f2} {row.PytorchTunedMs,9:f3} {row.RatioTuned,6:f2} {row.StnImagesPerSecond,9:f0} {row.StnGflops,8:f1} {row.StnPeakShare,7:p0} {row.TransformerShare,6:p1} {row.LocalisationShare,6:p1} {row.StnPeakMb,6:f0} {row.PytorchPeakMb,7:f0}");
        }

        foreach (var side in bench.Bench.Identities)
            System.Console.WriteLine($"{side.Name} {side.Version}, {side.Threads} threads, BLAS: {string.Join(", ", side.Blas)}");
        return StnTool.Success;
    }

    private static Prepared Bench(int threads, double seconds, bool withTuned)
    {
        RequirePositive(seconds);
        var peak = ProcessorPeak.Measure(threads, Math.Min(1, seconds));
        string[] arguments = ["bench", WorkerName, "--threads", $"{threads}"];
        // This same program: its assembly by `dotnet`, or, where it is one file, itself.
        var assembly = Path.Combine(AppContext.BaseDirectory, $"{typeof(StnTool).Assembly.GetName().Name}.dll");
        var (program, all) = File.Exists(assembly) ? ("dotnet", [assembly, .. arguments]) : (Environment.ProcessPath!, arguments);
        var start = new WorkerStart(program, all, new Dictionary<string, string?>());
        return new Prepared(new StepBench(new StepSides(start, threads, withTuned), peak, seconds), peak);
    }

    private static void RequirePositive(double seconds)
    {
        if (seconds is not > 0)
            throw new ArgumentException($"--seconds must be positive, got {seconds}");
    }

    private static int[] Numbers(string option, int[]? given, IReadOnlyList<int> usual) =>
        given is { Length: > 0 } ? [.. given.Select(number => AtLeastOne(option, number))] : [.. usual];

    private static int AtLeastOne(string option, int number) =>
        number >= 1 ? number : throw new ArgumentException($"{option} must be 1 or more, got {number}");

    private sealed record Prepared(StepBench Bench, ProcessorPeak Peak)
    {
        internal StepReport Report(IReadOnlyList<StepRow> rows) => new(
            rows, Bench.Identities, StepSides.KeepPages, RunManifest.ProcessorName(), Environment.ProcessorCount, Peak, StepBench.Seed, DateTime.UtcNow);
    }
}
