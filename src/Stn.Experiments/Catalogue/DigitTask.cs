using Stn.Data;
using Stn.Data.Distortions;
using Stn.Experiments.Training;

namespace Stn.Experiments.Catalogue;

/// <summary>Distorted digits to be classified.</summary>
/// <param name="Name">The first half of an experiment's name: <c>rts</c>.</param>
/// <param name="Title">What is done to the digits, for people.</param>
/// <param name="Distortion">Makes an image from a digit.</param>
public sealed record DigitTask(string Name, string Title, IDistortion Distortion) : IExperimentTask
{
    /// <summary>The number of classes.</summary>
    public const int Classes = 10;

    /// <inheritdoc/>
    public SampleShape Shape => SampleShape.Image(1, Distortion.Canvas);

    int IExperimentTask.Classes => Classes;

    /// <inheritdoc/>
    public SampleSets Sets(DataSources sources, TrainingConfig config)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(config);
        var (training, evaluation, isTest) = DigitParts.Of(sources.Mnist, config);
        return new SampleSets(
            DistortedSet.Training(training, Distortion, config.Seed),
            isTest ? DistortedSet.Test(evaluation, Distortion) : DistortedSet.Validation(evaluation, Distortion));
    }
}
