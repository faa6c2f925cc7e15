using Stn.Data.Distortions;
using Stn.Data.Randomness;
using Stn.Kernels;

namespace Stn.Data;

/// <summary>
/// Digits under a distortion: image <c>index</c> of epoch <c>epoch</c> is a function of the digits, the distortion and
/// the seed, computed when it is asked for. Safe to use from several threads.
/// </summary>
public sealed class DistortedSet
{
    /// <summary>The seed of the fixed test set, the same for every network: the paper's number at arXiv.</summary>
    public const ulong FixedSeed = 1506_02025;

    private readonly IDistortion _distortion;
    private readonly ulong _seed;
    private readonly RandomPurpose _purpose;

    private DistortedSet(LabelledImages digits, IDistortion distortion, ulong seed, RandomPurpose purpose)
    {
        if (digits.Plane != distortion.Source)
            throw new ArgumentException($"the distortion takes {distortion.Source}, the digits are {digits.Plane}", nameof(distortion));

        (Digits, _distortion, _seed, _purpose) = (digits, distortion, seed, purpose);
    }

    /// <summary>The digits before the distortion.</summary>
    public LabelledImages Digits { get; }

    /// <summary>The number of images in an epoch.</summary>
    public int Count => Digits.Count;

    /// <summary>The size of an image.</summary>
    public Plane Plane => _distortion.Canvas;

    /// <summary>What the set is made of, without the digits, in a line: part of a run's manifest.</summary>
    public string Description => $"{_distortion.Description}; {_purpose}, seed {_seed}";

    /// <summary>A set for training: distorted afresh in each epoch.</summary>
    public static DistortedSet Training(LabelledImages digits, IDistortion distortion, ulong seed) =>
        new(digits, distortion, seed, RandomPurpose.TrainingDistortion);

    /// <summary>A set for testing: one draw by <see cref="FixedSeed"/>, whatever the epoch and the seed of the run.</summary>
    public static DistortedSet Test(LabelledImages digits, IDistortion distortion) =>
        new(digits, distortion, FixedSeed, RandomPurpose.TestDistortion);

    /// <summary>A set for validation: one draw by <see cref="FixedSeed"/>, other numbers than the test set's.</summary>
    public static DistortedSet Validation(LabelledImages digits, IDistortion distortion) =>
        new(digits, distortion, FixedSeed, RandomPurpose.ValidationDistortion);

    /// <summary>Draws one image.</summary>
    /// <param name="index">Which digit.</param>
    /// <param name="epoch">Which epoch; without effect for a fixed set.</param>
    /// <param name="canvas">The pixels, written in full.</param>
    /// <returns>The pose that was applied.</returns>
    public Pose Render(int index, int epoch, Span<byte> canvas)
    {
        var random = new CounterRandom(_seed, _purpose, _purpose == RandomPurpose.TrainingDistortion ? epoch : 0, index);
        return _distortion.Apply(Digits.Image(index), ref random, canvas);
    }
}
