using Stn.Data;
using Stn.Data.Numbers;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Training;
using Stn.Kernels;

namespace Stn.Experiments.Numbers;

/// <summary>House numbers of one to five digits: five labels, of which those behind the number are none.</summary>
/// <param name="Name">The first half of an experiment's name: <c>svhn64</c>.</param>
/// <param name="Title">What the samples are, for people.</param>
/// <param name="Size">H = W.</param>
/// <param name="Make">Makes the sets.</param>
public sealed record NumberTask(string Name, string Title, int Size, Func<DataSources, TrainingConfig, SampleSets> Make) : IExperimentTask
{
    // The paper holds 5,000 pictures out.
    private const int SyntheticTraining = 20_000;
    private const int SyntheticTest = 2_000;

    // 5 of 64 pixels, as the random crops of the work that the paper follows.
    private const double TrainingShift = 0.08;

    /// <inheritdoc/>
    public SampleShape Shape => SampleShape.Image(3, new Plane(Size, Size));

    /// <inheritdoc/>
    public int Classes => NumberLabels.Classes;

    /// <summary>The digits; a place without one has no name.</summary>
    public IReadOnlyList<string> ClassNames => [.. Enumerable.Range(0, NumberLabels.None).Select(digit => $"{digit}"), string.Empty];

    /// <inheritdoc/>
    public bool DecodesPictures { get; private init; }

    /// <summary>The Street View House Numbers.</summary>
    public static NumberTask Svhn(NumberCrop crop)
    {
        ArgumentNullException.ThrowIfNull(crop);
        return new($"svhn{crop.Size}", $"house numbers in {crop.Size}×{crop.Size} crops", crop.Size, (sources, config) => SvhnSets(sources, config, crop)) { DecodesPictures = true };
    }

    /// <summary>Synthetic numbers of MNIST digits.</summary>
    public static NumberTask Composed(int size) => new(
        $"numbers{size}", $"synthetic numbers of MNIST digits on {size}×{size}", size, (sources, config) => ComposedSets(sources, config, size));

    /// <inheritdoc/>
    public SampleSets Sets(DataSources sources, TrainingConfig config) => Make(sources, config);

    private static SampleSets ComposedSets(DataSources sources, TrainingConfig config, int size)
    {
        var (training, evaluation, _) = DigitParts.Of(sources.Mnist, config with { TrainImages = 0, TestImages = 0 });
        return new SampleSets(
            ComposedNumbers.Training(training, OrElse(config.TrainImages, SyntheticTraining), size, config.Seed),
            ComposedNumbers.Test(evaluation, OrElse(config.TestImages, SyntheticTest), size));
    }

    private static SampleSets SvhnSets(DataSources sources, TrainingConfig config, NumberCrop crop)
    {
        var training = Pictures(sources, [SvhnPart.Train, SvhnPart.Extra]);
        if (config.Validation > 0)
        {
            var kept = training.Count - config.Validation;
            if (kept < 1)
                throw new ArgumentException($"validation is {config.Validation}, there are {training.Count} pictures to learn from");
            return Of(training.Take(kept), training.Skip(kept));
        }

        return Of(training, Pictures(sources, [SvhnPart.Test]));

        SampleSets Of(IEnumerable<HouseNumber> learned, IEnumerable<HouseNumber> measured) => new(
            new HouseNumberSet(sources.SvhnFolder, First([.. learned], config.TrainImages, "train_images"), crop, TrainingShift, config.Seed),
            new HouseNumberSet(sources.SvhnFolder, First([.. measured], config.TestImages, "test_images"), crop));
    }

    // Numbers of more digits than there are places are left out, as in the work that the paper follows: one picture of 33,402.
    private static List<HouseNumber> Pictures(DataSources sources, SvhnPart[] parts) =>
        [.. parts.SelectMany(sources.Svhn).Where(number => number.Digits.Count is >= 1 and <= NumberLabels.Places)];

    private static HouseNumber[] First(HouseNumber[] numbers, int count, string key) => count <= numbers.Length
        ? count == 0 ? numbers : numbers[..count]
        : throw new ArgumentException($"{key} is {count}, there are {numbers.Length}");

    private static int OrElse(int asked, int usual) => asked == 0 ? usual : asked;
}
