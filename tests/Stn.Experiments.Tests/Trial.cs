using System.Text.Json.Nodes;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Runs;
using Stn.Experiments.Training;
using Stn.Testing;
using Stn.Torch;

namespace Stn.Experiments.Tests;

/// <summary>A small training: 6 steps an epoch, 4 epochs, a log line every 4 steps, so that no two of them fall together often.</summary>
internal sealed class Trial : IDisposable
{
    public const int StepsPerEpoch = 6;
    private readonly TemporaryFolder _folder = new();

    public string Path => _folder["a run"];

    public string Weights => System.IO.Path.Combine(Path, "checkpoints", "model.safetensors");

    public string Resume => System.IO.Path.Combine(Path, "checkpoints", "resume.safetensors");

    public string Metrics => System.IO.Path.Combine(Path, "metrics.jsonl");

    public string this[string name] => _folder[name];

    /// <summary>Settings of a small training.</summary>
    public static TrainingConfig Config(params string[] settings) => Of("rts/st-cnn-aff", settings);

    /// <inheritdoc cref="Config"/>
    public static TrainingConfig Of(string experiment, params string[] settings) => ConfigFile.Apply(
        ExperimentCatalogue.Find(experiment).Config(Protocols.Fast), ["epochs=4", "batch=16", "rate=1e-3", "log_every=4", .. settings]);

    /// <summary>100 digits to learn from, 50 to be tested on.</summary>
    public static DataSources Sources { get; } = new(() => GlyphDigits.Mnist(100, 50));

    /// <summary>100 digits to learn from, 50 to be tested on.</summary>
    public static SampleSets Sets(TrainingConfig config) =>
        ExperimentCatalogue.Find(config.Experiment).Task.Sets(Sources, config);

    /// <summary>Starts the run, or goes on with it where there is one.</summary>
    /// <param name="config">Its settings.</param>
    /// <param name="stopAfter">So many steps of this part; to its end by default.</param>
    /// <param name="watcher">Who watches.</param>
    /// <param name="threads">Threads of one operator.</param>
    /// <param name="sets">What it learns from; <see cref="Sets"/> by default.</param>
    public TrainingOutcome Train(TrainingConfig config, int stopAfter = int.MaxValue, Watcher? watcher = null, int threads = 1, SampleSets? sets = null)
    {
        // One thread: two wait for each other on a busy machine, and the bits depend on their number.
        TorchRuntime.Threads = threads;
        using var run = File.Exists(System.IO.Path.Combine(Path, "config.json")) ? RunFolder.Open(Path) : RunFolder.Create(Path, config);
        var steps = 0;
        return TrainLoop.Run(config, sets ?? Sets(config), run, watcher ?? new Watcher(), () => steps++ >= stopAfter);
    }

    /// <summary>The lines of metrics.jsonl without times and speeds.</summary>
    public string[] TimelessMetrics() => [.. File.ReadLines(Metrics).Select(line =>
    {
        var values = JsonNode.Parse(line)!.AsObject();
        values.Remove("seconds");
        values.Remove("images_per_second");
        return values.ToJsonString();
    })];

    public void Dispose() => _folder.Dispose();
}
