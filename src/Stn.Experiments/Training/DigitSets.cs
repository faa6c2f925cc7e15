using Stn.Data;
using Stn.Experiments.Catalogue;

namespace Stn.Experiments.Training;

/// <summary>What a run learns from, and what its error is measured on.</summary>
/// <param name="Training">Distorted afresh in each epoch.</param>
/// <param name="Evaluation">Fixed: the test set, or a part held out of the training set.</param>
public sealed record DigitSets(DistortedSet Training, DistortedSet Evaluation)
{
    /// <summary>The sets that a configuration asks for.</summary>
    /// <exception cref="ArgumentException">It asks for more images than there are.</exception>
    public static DigitSets Of(Mnist mnist, DigitTask task, TrainingConfig config)
    {
        ArgumentNullException.ThrowIfNull(mnist);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(config);
        var training = mnist.Train;
        DistortedSet? validation = null;
        if (config.Validation > 0)
        {
            var split = mnist.SplitTrain(config.Validation);
            training = split.Train;
            validation = DistortedSet.Validation(split.Validation, task.Distortion);
        }

        return new DigitSets(
            DistortedSet.Training(First(training, config.TrainImages, "train_images"), task.Distortion, config.Seed),
            validation ?? DistortedSet.Test(First(mnist.Test, config.TestImages, "test_images"), task.Distortion));
    }

    private static LabelledImages First(LabelledImages images, int count, string key)
    {
        if (count > images.Count)
            throw new ArgumentException($"{key} is {count}, there are {images.Count}");
        return count == 0 ? images : images.Slice(0, count);
    }
}
