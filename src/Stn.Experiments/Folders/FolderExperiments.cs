using Stn.Data.Folders;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Training;

namespace Stn.Experiments.Folders;

/// <summary>
/// Experiments on a user's own pictures, <c>folder/network</c>. They are made from a run's settings, not listed in the catalogue.
/// </summary>
/// <remarks>
/// <code>
/// stn train folder/st-cnn-aff --data photos --size 64
/// </code>
/// </remarks>
public static class FolderExperiments
{
    /// <summary>The first half of the names.</summary>
    public const string Prefix = "folder";

    /// <summary>The networks that there are.</summary>
    public static IReadOnlyList<string> Networks => FolderNetworks.Names;

    /// <summary>Whether a name is one of these.</summary>
    public static bool IsName(string experiment) => experiment is not null && experiment.StartsWith(Prefix + "/", StringComparison.Ordinal);

    /// <summary>The settings of a new run: read from the pictures what they decide, channels and classes.</summary>
    /// <param name="experiment">The name.</param>
    /// <param name="settings">Where the pictures are and how they become images.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="sources">Reads the pictures.</param>
    /// <exception cref="ArgumentException">There is no such network, or a setting is none.</exception>
    /// <exception cref="InvalidDataException">The folder is laid out otherwise, or pictures cannot be read.</exception>
    public static TrainingConfig Resolve(string experiment, PictureSettings settings, ulong seed, DataSources sources)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(sources);
        RequireNetwork(experiment);
        RequireSettings(settings);
        settings = settings with { Data = Path.GetFullPath(settings.Data) };
        var parts = sources.Pictures(settings, seed);
        var channels = settings.Channels != 0 ? settings.Channels : parts.Training.IsGrey && parts.Validation.IsGrey ? 1 : 3;
        settings = settings with { Channels = channels, Classes = parts.ClassNames };
        return Of(experiment, settings).Config(Protocols.Fast) with { Seed = seed, Pictures = settings };
    }

    /// <summary>The experiment of a run.</summary>
    /// <param name="experiment">The name.</param>
    /// <param name="settings">Those of the run, with channels and classes.</param>
    /// <exception cref="ArgumentException">There is no such network.</exception>
    public static Experiment Of(string experiment, PictureSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var network = RequireNetwork(experiment);
        RequireSettings(settings);
        if (settings.Channels == 0 || settings.Classes.Count < 2)
            throw new ArgumentException($"{experiment}: a run's settings name 1 or 3 channels and two classes or more, not {settings.Channels} and {settings.Classes.Count}");
        return new Experiment
        {
            Name = experiment,
            Summary = $"{network} on pictures of {settings.Size}×{settings.Size}",
            Task = new FolderTask(settings),
            Network = () => FolderNetworks.Create(network, settings),
            Protocols = new Dictionary<string, TrainingConfig>
            {
                [Protocols.Fast] = new() { Optimiser = "adam", Schedule = "one-cycle", Rate = 2e-3, LocalisationRate = FolderNetworks.LocalisationRate(network), Epochs = 20, Batch = 64 },
            },
        };
    }

    internal static PictureFit FitOf(string fit) => fit switch
    {
        "crop" => PictureFit.Crop,
        "pad" => PictureFit.Pad,
        "stretch" => PictureFit.Stretch,
        _ => throw new ArgumentException($"fit must be crop, pad or stretch, got '{fit}'"),
    };

    private static string RequireNetwork(string experiment)
    {
        var network = IsName(experiment) ? experiment[(Prefix.Length + 1)..] : string.Empty;
        return Networks.Contains(network)
            ? network
            : throw new ArgumentException($"there is no experiment '{experiment}'; on your own pictures there are {string.Join(", ", Networks.Select(n => $"{Prefix}/{n}"))}");
    }

    private static void RequireSettings(PictureSettings settings)
    {
        _ = FitOf(settings.Fit);
        _ = Augmentation.Parse(settings.Augment);
        if (settings.Size is < 28 or > 1024)
            throw new ArgumentException($"--size must be from 28 to 1024, got {settings.Size}");
        if (settings.Channels is not (0 or 1 or 3))
            throw new ArgumentException($"--channels must be 1 (grey) or 3 (colour), got {settings.Channels}");
    }
}
