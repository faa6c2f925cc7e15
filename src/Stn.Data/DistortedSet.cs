using System.Runtime.CompilerServices;
using Stn.Data.Distortions;
using Stn.Kernels;

namespace Stn.Data;

/// <summary>
/// Digits under a distortion: image <c>index</c> of epoch <c>epoch</c> is a function of the digits, the distortion and
/// the seed.
/// </summary>
public sealed class DistortedSet : ISampleSet
{
    /// <summary>The seed of the fixed test set, the same for every network: the paper's number at arXiv.</summary>
    public const ulong FixedSeed = 1506_02025;

    private readonly IDistortion _distortion;
    private readonly Draws _draws;

    // A fixed set is asked for again after each epoch: its images are kept as bytes once they are made. Null for training.
    private readonly byte[]?[]? _kept;

    private DistortedSet(LabelledImages digits, IDistortion distortion, Draws draws)
    {
        if (digits.Plane != distortion.Source)
            throw new ArgumentException($"the distortion takes {distortion.Source}, the digits are {digits.Plane}", nameof(distortion));

        (Digits, _distortion, _draws) = (digits, distortion, draws);
        _kept = draws.IsFixed ? new byte[digits.Count][] : null;
    }

    /// <summary>The digits before the distortion.</summary>
    public LabelledImages Digits { get; }

    /// <inheritdoc/>
    public int Count => Digits.Count;

    /// <summary>The size of an image.</summary>
    public Plane Plane => _distortion.Canvas;

    /// <inheritdoc/>
    public SampleShape Shape => SampleShape.Image(1, Plane);

    /// <inheritdoc/>
    public int LabelsPerSample => 1;

    /// <summary>The distortion, its purpose and its seed, in a line: part of a run's manifest.</summary>
    public string Description => $"{_distortion.Description}; {_draws}";

    /// <summary>A set for training: distorted afresh in each epoch.</summary>
    public static DistortedSet Training(LabelledImages digits, IDistortion distortion, ulong seed) =>
        new(digits, distortion, Draws.Training(seed));

    /// <summary>A set for testing: one draw by <see cref="FixedSeed"/>, whatever the epoch and the seed of the run.</summary>
    public static DistortedSet Test(LabelledImages digits, IDistortion distortion) =>
        new(digits, distortion, Draws.Test);

    /// <summary>A set for validation: one draw by <see cref="FixedSeed"/>, other numbers than the test set's.</summary>
    public static DistortedSet Validation(LabelledImages digits, IDistortion distortion) =>
        new(digits, distortion, Draws.Validation);

    /// <summary>SHA-256 of the digits: N, H, W as little-endian 32-bit numbers, then pixels, then labels.</summary>
    public string SourceHash() => Digits.Sha256();

    /// <summary>Draws one image.</summary>
    /// <param name="index">Which digit.</param>
    /// <param name="epoch">Which epoch; without effect for a fixed set.</param>
    /// <param name="canvas">The pixels, written in full.</param>
    /// <returns>The pose that was applied; null where a similarity transformation does not describe it.</returns>
    public Pose? Render(int index, int epoch, Span<byte> canvas)
    {
        var random = _draws.Of(index, epoch);
        return _distortion.Apply(Digits, index, ref random, canvas);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Render(int index, int epoch, Span<float> values, Span<long> labels)
    {
        if (_kept is not null)
        {
            // Two threads that come at once make the same bytes.
            ByteValues.ToNumbers(_kept[index] ??= Rendered(index), values);
        }
        else
        {
            Span<byte> canvas = stackalloc byte[Plane.Length];
            Render(index, epoch, canvas);
            ByteValues.ToNumbers(canvas, values);
        }

        labels[0] = Digits.Labels[index];
    }

    /// <summary>The pose that is applied to an image; null where a similarity transformation does not describe the distortion.</summary>
    /// <param name="index">Which digit.</param>
    /// <param name="epoch">Which epoch; without effect for a fixed set.</param>
    public Pose? PoseOf(int index, int epoch = 0) => Render(index, epoch, stackalloc byte[Plane.Length]);

    private byte[] Rendered(int index)
    {
        var canvas = new byte[Plane.Length];
        Render(index, 0, canvas);
        return canvas;
    }
}
