using Stn.Experiments.Birds;
using Stn.Experiments.Folders;
using Stn.Experiments.Numbers;
using Stn.Experiments.Training;

namespace Stn.Experiments.Catalogue;

/// <summary>Every experiment there is.</summary>
public static class ExperimentCatalogue
{
    /// <summary>All, in the paper's order.</summary>
    public static IReadOnlyList<Experiment> All { get; } =
        [.. DigitExperiments.All, .. NumberExperiments.All, .. BirdExperiments.All, .. AdditionExperiments.All, .. VolumeExperiments.All];

    /// <summary>The experiment of a run: one of the catalogue, on another backbone where the run says so, or one on a user's own pictures.</summary>
    /// <exception cref="ArgumentException">There is none; the text lists what there is.</exception>
    public static Experiment Find(TrainingConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (config.Pictures is { } pictures)
            return FolderExperiments.Of(config.Experiment, pictures);
        return config.Backbone.Length > 0 ? BirdExperiments.OnBackbone(config.Experiment, config.Backbone) : Find(config.Experiment);
    }

    /// <summary>The experiment of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the text lists what there is.</exception>
    public static Experiment Find(string name) =>
        All.FirstOrDefault(e => e.Name == name)
        ?? throw new ArgumentException($"there is no experiment '{name}'; there are {string.Join(", ", All.Select(e => e.Name))}", nameof(name));
}
