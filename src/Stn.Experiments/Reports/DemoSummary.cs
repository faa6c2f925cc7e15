using System.Text.Json;
using Stn.Experiments.Runs;
using Stn.Torch;
using Stn.Torch.Files;

namespace Stn.Experiments.Reports;

/// <summary>What <c>stn demo</c> found, with what it takes to repeat it.</summary>
/// <param name="Experiment">The data: <c>rts</c>.</param>
/// <param name="CnnPooled">The classifier alone.</param>
/// <param name="StCnn">The classifier behind a transformer.</param>
/// <param name="Report">The page.</param>
public sealed record DemoSummary(string Experiment, DemoSummary.Result CnnPooled, DemoSummary.Result StCnn, string Report)
{
    /// <summary>The summary of two runs.</summary>
    public static DemoSummary Of(TrainedRun plain, TrainedRun transformed, string report)
    {
        ArgumentNullException.ThrowIfNull(plain);
        ArgumentNullException.ThrowIfNull(transformed);
        return new DemoSummary("rts", Result.Of(plain), Result.Of(transformed), report);
    }

    /// <summary>Writes the summary with the settings, the versions and the machine.</summary>
    public void Write(string path, TrainedRun plain, TrainedRun run)
    {
        ArgumentNullException.ThrowIfNull(plain);
        ArgumentNullException.ThrowIfNull(run);
        var file = new
        {
            Experiment,
            CnnPooled,
            StCnn,
            run.Config.Seed,
            run.Config.Epochs,
            run.Config.Batch,
            Images = run.Evaluation.Predictions.Count,
            Settings = new[] { plain.Config, run.Config },
            Stn = RunManifest.BuildVersion,
            Libtorch = TorchRuntime.Version,
            Processor = RunManifest.ProcessorName(),
            Threads = TorchRuntime.Threads,
            Written = DateTime.UtcNow,
        };
        AtomicFile.WriteAllText(path, JsonSerializer.Serialize(file, JsonStyle.File) + "\n");
    }

    /// <summary>One network's part.</summary>
    /// <param name="Error">On the fixed test set, in percent.</param>
    /// <param name="Seconds">Its training, with the evaluation after each epoch.</param>
    public sealed record Result(double Error, double Seconds)
    {
        internal static Result Of(TrainedRun run) => new(run.Evaluation.Error, run.Epochs[^1].Seconds);
    }
}
