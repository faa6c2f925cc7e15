using Stn.Experiments.Catalogue;
using Stn.Experiments.Evaluations;
using Stn.Experiments.Runs;
using Stn.Experiments.Training;
using Stn.Torch;

namespace Stn.Experiments.Reports;

/// <summary>A run that has weights: its settings, its network, its data, and what the network says of them.</summary>
public sealed class TrainedRun : IDisposable
{
    private TrainedRun(TrainingConfig config, Module network, SampleSets sets, Evaluation evaluation, IReadOnlyList<EpochMetrics> epochs) =>
        (Config, Network, Sets, Evaluation, Epochs) = (config, network, sets, evaluation, epochs);

    /// <summary>The run's settings.</summary>
    public TrainingConfig Config { get; }

    /// <summary>The names of the classes, by label.</summary>
    public IReadOnlyList<string> ClassNames => Sets.ClassNames ?? ExperimentCatalogue.Find(Config).Task.ClassNames;

    /// <summary>The network with the run's weights.</summary>
    public Module Network { get; }

    /// <summary>The run's data.</summary>
    public SampleSets Sets { get; }

    /// <summary>Every prediction on the evaluation set.</summary>
    public Evaluation Evaluation { get; }

    /// <summary>The epochs as they were logged.</summary>
    public IReadOnlyList<EpochMetrics> Epochs { get; }

    /// <summary>Loads a run's weights and evaluates them.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="sources">Where data come from.</param>
    /// <param name="device">Where to run; the run's own device by default.</param>
    /// <exception cref="FileNotFoundException">There is no run, or it has no weights yet.</exception>
    public static TrainedRun Load(string folder, DataSources sources, string? device = null) => Load(folder, SavedNetwork.FolderConfig(folder), sources, device);

    /// <summary>Loads a run's weights and evaluates them on the whole fixed test set, whatever the run itself measured its error on.</summary>
    /// <inheritdoc cref="Load(string, DataSources, string?)"/>
    public static TrainedRun LoadForTest(string folder, DataSources sources, string? device = null) =>
        Load(folder, SavedNetwork.FolderConfig(folder) with { Validation = 0, TestImages = 0 }, sources, device);

    private static TrainedRun Load(string folder, TrainingConfig config, DataSources sources, string? device)
    {
        var weights = SavedNetwork.FolderWeights(folder);
        var metrics = Path.Combine(folder, "metrics.jsonl");
        return Load(config, weights, sources, device ?? config.Device, File.Exists(metrics) ? MetricsLog.Epochs(metrics) : []);
    }

    /// <summary>Evaluates a weights file as the network of an experiment.</summary>
    /// <param name="config">The experiment and its data.</param>
    /// <param name="weights">A safetensors file or a PyTorch state_dict.</param>
    /// <param name="sources">Where data come from.</param>
    /// <param name="device">Where to run.</param>
    /// <param name="epochs">What was logged, if anything.</param>
    /// <exception cref="InvalidDataException">The weights are of another network; the text lists the differences.</exception>
    public static TrainedRun Load(TrainingConfig config, string weights, DataSources sources, string device, IReadOnlyList<EpochMetrics> epochs)
    {
        ArgumentNullException.ThrowIfNull(config);
        var experiment = ExperimentCatalogue.Find(config);
        var sets = experiment.Task.Sets(sources, config);
        var network = SavedNetwork.Create(experiment, weights);
        try
        {
            network.MoveTo(Device.Parse(device));
            var evaluation = Evaluator.Evaluate(network, sets.Evaluation, Device.Parse(device));
            network.MoveTo(Device.Cpu);
            return new TrainedRun(config, network, sets, evaluation, epochs);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => Network.Dispose();
}
