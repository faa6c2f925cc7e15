using Stn.Experiments.Catalogue;
using Stn.Experiments.Results;
using Stn.Experiments.Training;
using Stn.Torch;
using Stn.Torch.Files;

namespace Stn.Experiments.Evaluations;

/// <summary>A trained network from a file: what is needed to use it, without its data.</summary>
public sealed class SavedNetwork : IDisposable
{
    private SavedNetwork(Experiment experiment, Module network, string weights) => (Experiment, Network, Weights) = (experiment, network, weights);

    /// <summary>The experiment whose network it is.</summary>
    public Experiment Experiment { get; }

    /// <summary>The network, on the CPU.</summary>
    public Module Network { get; }

    /// <summary>The file of its weights.</summary>
    public string Weights { get; }

    /// <summary>Loads a network.</summary>
    /// <param name="path">A run's folder, a record of <c>results/</c> with weights beside it, or a weights file.</param>
    /// <param name="experiment">Of a weights file: whose network it is.</param>
    /// <exception cref="FileNotFoundException">There is no such thing, or it has no weights.</exception>
    /// <exception cref="ArgumentException">It is a weights file, and nobody says whose.</exception>
    /// <exception cref="InvalidDataException">The weights are of another network; the text lists the differences.</exception>
    public static SavedNetwork Load(string path, string? experiment = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            return Load(ExperimentCatalogue.Find(FolderConfig(path)), FolderWeights(path), path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: there is no such run or weights file");
        if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            return OfRecord(path);
        return Load(
            ExperimentCatalogue.Find(experiment ?? throw new ArgumentException($"{path} is a weights file: say with --experiment whose network it is")), path, path);
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => Network.Dispose();

    /// <summary>The settings of a run's folder.</summary>
    internal static TrainingConfig FolderConfig(string folder)
    {
        var path = Path.Combine(folder, "config.json");
        return File.Exists(path)
            ? ConfigFile.Read(path)
            : throw new FileNotFoundException($"{folder} holds no run: config.json is not there");
    }

    /// <summary>The weights of a run's folder.</summary>
    internal static string FolderWeights(string folder)
    {
        var weights = Path.Combine(folder, "checkpoints", "model.safetensors");
        return File.Exists(weights) ? weights : throw new FileNotFoundException($"{folder} has no weights yet: they are written at the end of each epoch");
    }

    /// <summary>The network of an experiment with weights.</summary>
    internal static Module Create(Experiment experiment, string weights)
    {
        var network = experiment.Network();
        try
        {
            network.Load(WeightFile.Read(weights));
            return network;
        }
        catch (ArgumentException error)
        {
            network.Dispose();
            throw new InvalidDataException($"{weights}: {error.Message}", error);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static SavedNetwork OfRecord(string path)
    {
        var record = ResultFiles.Parse(path);
        if (record.Weights is { } name && name != Path.GetFileName(name))
            throw new InvalidDataException($"{path}: its weights lie beside a record, not at '{name}'");
        return record.Weights is { } weights
            ? Load(ExperimentCatalogue.Find(record.Experiment), Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, weights), path)
            : throw new FileNotFoundException($"{path} was recorded without weights; train them with: {record.Command} --keep-weights");
    }

    private static SavedNetwork Load(Experiment experiment, string weights, string path) => File.Exists(weights)
        ? new SavedNetwork(experiment, Create(experiment, weights), weights)
        : throw new FileNotFoundException($"{path}: its weights, {weights}, are not there");
}
