using Stn.Data;
using Stn.Data.Birds;
using Stn.Data.Randomness;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Training;
using Stn.Kernels;

namespace Stn.Experiments.Birds;

/// <summary>Birds and their species: CUB-200-2011.</summary>
/// <param name="Name">The first half of an experiment's name.</param>
/// <param name="Size">H = W.</param>
/// <param name="NeedsAll">Whether all classes must be there: an error of table 3 is one of all.</param>
public sealed record BirdTask(string Name, int Size, bool NeedsAll) : IExperimentTask
{
    // The same birds are held out, or taken for a trial, whatever a run's seed.
    private const ulong ChoiceSeed = 0;

    /// <inheritdoc/>
    public string Title => $"birds of CUB-200-2011 on {Size}×{Size}";

    /// <inheritdoc/>
    public SampleShape Shape => SampleShape.Image(3, new Plane(Size, Size));

    /// <summary>All of CUB's, wherever fewer are there: their logits then learn that they never occur.</summary>
    public int Classes => BirdPictures.AllClasses;

    /// <inheritdoc/>
    public bool DecodesPictures => true;

    /// <inheritdoc/>
    public SampleSets Sets(DataSources sources, TrainingConfig config)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(config);
        var inspected = sources.Birds;
        RequireClasses(inspected.Birds);
        var training = Mixed(inspected.Birds, isTraining: true);
        if (training.Length == 0)
            throw new DataFormatException($"{inspected.Birds.Folder} has no bird to learn from: its split leaves none");
        if (config.Validation > 0)
        {
            Require("validation", config.Validation, training.Length - 1);
            return Of(First(training[..^config.Validation], config.TrainImages, "train_images"), training[^config.Validation..]);
        }

        var measured = Mixed(inspected.Birds, isTraining: false);
        if (measured.Length == 0)
            throw new DataFormatException($"{inspected.Birds.Folder} has no bird to measure the error on: its split leaves none; --set validation=… holds some out");
        return Of(First(training, config.TrainImages, "train_images"), First(measured, config.TestImages, "test_images"));

        SampleSets Of(Bird[] learned, Bird[] others) => new(
            BirdSet.Training(inspected, learned, Size, config.Seed), BirdSet.Fixed(inspected, others, Size), inspected.Birds.ClassNames);
    }

    private void RequireClasses(BirdPictures birds)
    {
        if (birds.ClassNames.Count > Classes)
            throw new DataFormatException($"{birds.Folder} has {birds.ClassNames.Count} classes; CUB-200-2011 has {Classes}");
        if (NeedsAll && birds.ClassNames.Count < Classes)
            throw new DataFormatException($"{birds.Folder} has {birds.ClassNames.Count} of CUB's {Classes} classes, and the experiments {Name}/… are on all; {BirdExperiments.SmallName}/… take any");
    }

    // CUB's order is by class; the first of a mixed order are of all.
    private static Bird[] Mixed(BirdPictures birds, bool isTraining)
    {
        Bird[] part = [.. birds.Birds.Where(bird => bird.IsTraining == isTraining)];
        return [.. Permutation.Of(part.Length, ChoiceSeed, epoch: 0).Select(i => part[i])];
    }

    private static Bird[] First(Bird[] birds, int count, string key)
    {
        Require(key, count, birds.Length);
        return count == 0 ? birds : birds[..count];
    }

    private static void Require(string key, int count, int most)
    {
        if (count > most)
            throw new ArgumentException($"{key} is {count}, there are {most}");
    }
}
