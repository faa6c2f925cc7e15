using Stn.Data;
using Stn.Data.Folders;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Training;
using Stn.Kernels;

namespace Stn.Experiments.Folders;

/// <summary>A user's own pictures, a class each.</summary>
/// <param name="settings">Where they are and how they become images; channels and classes are known.</param>
internal sealed class FolderTask(PictureSettings settings) : IExperimentTask
{
    /// <inheritdoc/>
    public string Name => FolderExperiments.Prefix;

    /// <inheritdoc/>
    public string Title => $"pictures of {settings.Data}, {settings.Classes.Count} classes";

    /// <inheritdoc/>
    public SampleShape Shape => SampleShape.Image(settings.Channels, new Plane(settings.Size, settings.Size));

    /// <inheritdoc/>
    public int Classes => settings.Classes.Count;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames => settings.Classes;

    /// <inheritdoc/>
    public bool DecodesPictures => true;

    /// <inheritdoc/>
    public SampleSets Sets(DataSources sources, TrainingConfig config)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(config);
        var parts = sources.Pictures(settings, config.Seed);
        if (!parts.ClassNames.SequenceEqual(settings.Classes))
            throw new InvalidDataException($"{settings.Data} now has the classes {string.Join(", ", parts.ClassNames)}; the run knows {string.Join(", ", settings.Classes)}");
        var fit = FolderExperiments.FitOf(settings.Fit);
        return new SampleSets(
            PictureSet.Training(parts.Training, settings.Channels, settings.Size, fit, Augmentation.Parse(settings.Augment), config.Seed),
            PictureSet.Fixed(parts.Validation, settings.Channels, settings.Size, fit));
    }
}
