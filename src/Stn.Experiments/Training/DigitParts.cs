using Stn.Data;

namespace Stn.Experiments.Training;

/// <summary>Which digits a run learns from, and on which its error is measured.</summary>
/// <param name="Training">To learn from.</param>
/// <param name="Evaluation">To be measured on.</param>
/// <param name="IsTest">Whether the latter are test digits; otherwise they are held out of the training digits.</param>
internal readonly record struct DigitParts(LabelledImages Training, LabelledImages Evaluation, bool IsTest)
{
    /// <summary>The parts that a configuration asks for.</summary>
    /// <exception cref="ArgumentException">It asks for more images than there are.</exception>
    internal static DigitParts Of(Mnist mnist, TrainingConfig config)
    {
        if (config.Validation > 0)
        {
            var (training, validation) = mnist.SplitTrain(config.Validation);
            return new DigitParts(First(training, config.TrainImages, "train_images"), validation, false);
        }

        return new DigitParts(
            First(mnist.Train, config.TrainImages, "train_images"), First(mnist.Test, config.TestImages, "test_images"), true);
    }

    private static LabelledImages First(LabelledImages images, int count, string key)
    {
        if (count > images.Count)
            throw new ArgumentException($"{key} is {count}, there are {images.Count}");
        return count == 0 ? images : images.Slice(0, count);
    }
}
