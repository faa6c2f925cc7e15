using Stn.Data;
using Stn.Data.Folders;
using Stn.Data.Pictures;
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

    /// <summary>A picture as the run was measured on: fitted to the square, not moved.</summary>
    /// <returns>(C, H, W) numbers, and what was done, in words.</returns>
    internal (float[] Values, string Preparation) Prepare(Picture picture)
    {
        var values = new float[Shape.Length];
        PictureSet.Write(picture, FolderExperiments.FitOf(settings.Fit), settings.Channels, settings.Size, values);
        return (values, $"{picture.Width}x{picture.Height}, {settings.Fit}, to {settings.Size}x{settings.Size}, {(settings.Channels == 1 ? "grey" : "colour")}");
    }
}
