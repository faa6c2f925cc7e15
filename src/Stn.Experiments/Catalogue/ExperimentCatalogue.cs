namespace Stn.Experiments.Catalogue;

/// <summary>Every experiment there is.</summary>
public static class ExperimentCatalogue
{
    /// <summary>All, in the paper's order.</summary>
    public static IReadOnlyList<Experiment> All { get; } = [.. DigitExperiments.All];

    /// <summary>The experiment of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the text lists what there is.</exception>
    public static Experiment Find(string name) =>
        All.FirstOrDefault(e => e.Name == name)
        ?? throw new ArgumentException($"there is no experiment '{name}'; there are {string.Join(", ", All.Select(e => e.Name))}", nameof(name));
}
