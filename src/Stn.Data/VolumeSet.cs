using System.Buffers;
using Stn.Data.Distortions;
using Stn.Data.Randomness;
using Stn.Kernels;

namespace Stn.Data;

/// <summary>
/// Digits in space (the paper's appendix A.3, figure 5): a 28×28 digit is extruded to a depth of 10 voxels, turned by an angle uniform in
/// ±45° about each of the three axes, and put at a random place of a volume of 60×60×60.
/// </summary>
/// <remarks>
/// <b>Choices.</b> The paper gives the volume's size alone. The turns are made about x, then y, then z. The centre is uniform over the
/// places where the turned box lies inside the volume, so nothing of a digit is ever cut off.
/// </remarks>
public sealed class VolumeSet : ISampleSet
{
    private const double LargestAngle = 45;
    private readonly LabelledImages _digits;
    private readonly Draws _draws;

    private VolumeSet(LabelledImages digits, Draws draws)
    {
        if (digits.Plane != new Plane(Box.Height, Box.Width))
            throw new ArgumentException($"digits must be {Box.Height}×{Box.Width}, got {digits.Plane}", nameof(digits));
        (_digits, _draws) = (digits, draws);
    }

    /// <summary>The size of an extruded digit.</summary>
    public static Volume Box { get; } = new(10, 28, 28);

    /// <summary>The shape of a sample.</summary>
    public static SampleShape Space { get; } = SampleShape.OfVolume(1, new Volume(60, 60, 60));

    /// <inheritdoc/>
    public int Count => _digits.Count;

    /// <inheritdoc/>
    public SampleShape Shape => Space;

    /// <inheritdoc/>
    public int LabelsPerSample => 1;

    /// <inheritdoc/>
    public string Description => $"3D: depth 10, rotation ±45° about x, y and z, random place in 60×60×60; {_draws}";

    /// <summary>A set for training: other poses in each epoch.</summary>
    public static VolumeSet Training(LabelledImages digits, ulong seed) => new(digits, Draws.Training(seed));

    /// <summary>A set for testing: one draw by <see cref="DistortedSet.FixedSeed"/>.</summary>
    public static VolumeSet Test(LabelledImages digits) => new(digits, Draws.Test);

    /// <summary>A set for validation: one draw, other numbers than the test set's.</summary>
    public static VolumeSet Validation(LabelledImages digits) => new(digits, Draws.Validation);

    /// <inheritdoc/>
    public string SourceHash() => _digits.Sha256();

    /// <summary>The pose of a sample.</summary>
    /// <param name="index">Which sample.</param>
    /// <param name="epoch">Which epoch; without effect for a fixed set.</param>
    public Pose3D PoseOf(int index, int epoch = 0)
    {
        var random = _draws.Of(index, epoch);
        return Draw(ref random);
    }

    /// <inheritdoc/>
    public void Render(int index, int epoch, Span<float> values, Span<long> labels)
    {
        Span<double> theta = stackalloc double[12];
        PoseOf(index, epoch).VolumeToBox(Box, Space.Volume, theta);
        var voxels = ArrayPool<byte>.Shared.Rent(Space.Length);
        ByteWarp3D.Extruded(_digits.Image(index), Box, theta, Space.Volume, voxels.AsSpan(0, Space.Length));
        ByteValues.ToNumbers(voxels.AsSpan(0, Space.Length), values);
        ArrayPool<byte>.Shared.Return(voxels);
        labels[0] = _digits.Labels[index];
    }

    // Angles about x, y and z, then the place along x, y and z, in this order.
    private static Pose3D Draw(ref CounterRandom random)
    {
        var pose = new Pose3D(Angle(ref random), Angle(ref random), Angle(ref random), 0, 0, 0);
        Span<double> rotation = stackalloc double[9];
        pose.Rotation(rotation);
        var (width, height, depth) = (Space.Volume.Width, Space.Volume.Height, Space.Volume.Depth);
        return pose with
        {
            OffsetX = Place(ref random, width, rotation[..3]),
            OffsetY = Place(ref random, height, rotation[3..6]),
            OffsetZ = Place(ref random, depth, rotation[6..]),
        };
    }

    private static double Angle(ref CounterRandom random) => random.Uniform(-LargestAngle, LargestAngle);

    // Half of what the turned box leaves free along an axis of the volume, to both sides.
    private static double Place(ref CounterRandom random, int size, ReadOnlySpan<double> row)
    {
        var room = (size - (Math.Abs(row[0]) * Box.Width) - (Math.Abs(row[1]) * Box.Height) - (Math.Abs(row[2]) * Box.Depth)) / 2;
        return random.Uniform(-room, room);
    }
}
