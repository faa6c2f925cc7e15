using Stn.Data.Distortions;

namespace Stn.Data;

/// <summary>
/// MNIST addition (the paper's appendix A.1): two digits, distorted independently, each in its own channel of 42×42; the label is their
/// sum, 0 to 18.
/// </summary>
/// <remarks>
/// <b>Choice.</b> The paper does not say how pairs are formed. Here the first digit of sample i is digit i of the set, so that an epoch
/// shows each digit once there; the second is drawn afresh for each sample, uniformly from the whole set.
/// </remarks>
public sealed class AdditionSet : ISampleSet
{
    /// <summary>The number of sums.</summary>
    public const int Sums = 19;

    private static readonly RtsDistortion s_distortion = new();
    private readonly LabelledImages _digits;
    private readonly Draws _draws;

    private AdditionSet(LabelledImages digits, Draws draws) => (_digits, _draws) = (digits, draws);

    /// <summary>The shape of a sample: two channels.</summary>
    public static SampleShape Pair { get; } = SampleShape.Image(2, s_distortion.Canvas);

    /// <inheritdoc/>
    public int Count => _digits.Count;

    /// <inheritdoc/>
    public SampleShape Shape => Pair;

    /// <inheritdoc/>
    public int LabelsPerSample => 1;

    /// <inheritdoc/>
    public string Description => $"sums of two digits, each {s_distortion.Description}; {_draws}";

    /// <summary>A set for training: other pairs and distortions in each epoch.</summary>
    public static AdditionSet Training(LabelledImages digits, ulong seed) => new(digits, Draws.Training(seed));

    /// <summary>A set for testing: one draw by <see cref="DistortedSet.FixedSeed"/>.</summary>
    public static AdditionSet Test(LabelledImages digits) => new(digits, Draws.Test);

    /// <summary>A set for validation: one draw, other numbers than the test set's.</summary>
    public static AdditionSet Validation(LabelledImages digits) => new(digits, Draws.Validation);

    /// <inheritdoc/>
    public string SourceHash() => _digits.Sha256();

    /// <inheritdoc/>
    public void Render(int index, int epoch, Span<float> values, Span<long> labels)
    {
        var (first, second) = Pose(index, epoch, values);
        labels[0] = _digits.Labels[first.Digit] + _digits.Labels[second.Digit];
    }

    /// <summary>Which digits a sample shows, and how they lie.</summary>
    /// <param name="index">Which sample.</param>
    /// <param name="epoch">Which epoch; without effect for a fixed set.</param>
    public ((int Digit, Pose Pose) First, (int Digit, Pose Pose) Second) PosesOf(int index, int epoch = 0) =>
        Pose(index, epoch, stackalloc float[Pair.Length]);

    private ((int Digit, Pose Pose) First, (int Digit, Pose Pose) Second) Pose(int index, int epoch, Span<float> values)
    {
        var random = _draws.Of(index, epoch);
        var other = random.NextInt(_digits.Count);
        var length = s_distortion.Canvas.Length;
        Span<byte> canvas = stackalloc byte[length];
        var first = s_distortion.Apply(_digits, index, ref random, canvas);
        ByteValues.ToNumbers(canvas, values[..length]);
        var second = s_distortion.Apply(_digits, other, ref random, canvas);
        ByteValues.ToNumbers(canvas, values[length..]);
        return ((index, first!.Value), (other, second!.Value));
    }
}
