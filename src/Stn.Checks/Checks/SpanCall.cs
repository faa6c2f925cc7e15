using Stn.Kernels;

namespace Stn.Checks.Checks;

/// <summary>The public calls of one kernel on the buffers of a <see cref="CanaryMemory"/>.</summary>
/// <param name="Name">Such as <c>kernels/affine</c>.</param>
/// <param name="IsVolume">Whether it works on volumes.</param>
/// <param name="Parameters">The numbers of θ or of the grid of one image.</param>
/// <param name="Parameter">Draws the number of an index.</param>
/// <param name="Forward">Writes V.</param>
/// <param name="Backward">Writes the gradients.</param>
internal sealed record SpanCall(
    string Name, bool IsVolume, Func<SpanShape, int> Parameters, Func<Random, int, float> Parameter,
    Action<SpanShape, CanaryMemory> Forward, Action<SpanShape, CanaryMemory> Backward)
{
    private static readonly float[] Strange = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e38f, -1e38f, 3e9f, -1e5f];

    /// <summary>All kernels. The buffers are U, θ or the grid, B, ∂V; then V, ∂U, ∂θ or the grid's gradient, ∂B.</summary>
    internal static IReadOnlyList<SpanCall> All { get; } =
    [
        new(
            "kernels/affine", false, _ => 6, (random, index) => Near(random, index is 0 or 4 ? 1 : 0),
            (s, m) => AffineWarp.Forward<float>(m[0], s.Images, m[1], s.Sampling, s.Align, s.TargetPlane, m[4], 1),
            (s, m) => AffineWarp.Backward<float>(m[0], s.Images, m[1], s.Sampling, s.Align, s.TargetPlane, m[3], m[5], m[6], 1)),
        new(
            "kernels/projective", false, _ => 8, (random, index) => Near(random, index is 0 or 4 ? 1 : 0),
            (s, m) => ProjectiveWarp.Forward<float>(m[0], s.Images, m[1], s.Sampling, s.Align, s.TargetPlane, m[4], 1),
            (s, m) => ProjectiveWarp.Backward<float>(m[0], s.Images, m[1], s.Sampling, s.Align, s.TargetPlane, m[3], m[5], m[6], 1)),
        new(
            "kernels/basis", false, s => 2 * s.Functions, (random, _) => Near(random, 0),
            (s, m) => BasisWarp.Forward<float>(m[0], s.Images, m[1], m[2], s.Functions, s.Sampling, s.Align, s.TargetPlane, m[4], 1),
            (s, m) => BasisWarp.Backward<float>(
                m[0], s.Images, m[1], m[2], s.Functions, s.Sampling, s.Align, s.TargetPlane, m[3], m[5], m[6], m[7], 1)),
        new(
            "kernels/spline", false, s => 2 * Side(s) * Side(s), (random, _) => Near(random, 0),
            (s, m) => SplineWarp.Forward(m[0], s.Images, m[1], Table(s), s.Sampling, s.Align, m[4], 1),
            (s, m) => SplineWarp.Backward(m[0], s.Images, m[1], Table(s), s.Sampling, s.Align, m[3], m[5], m[6], 1)),
        new(
            "kernels/grid", false, s => 2 * s.Target.Length, (random, _) => Anywhere(random),
            (s, m) => GridWarp.Forward<float>(m[0], s.Images, m[1], s.Sampling, s.Align, s.TargetPlane, m[4], 1),
            (s, m) => GridWarp.Backward<float>(m[0], s.Images, m[1], s.Sampling, s.Align, s.TargetPlane, m[3], m[5], m[6], 1)),
        new(
            "kernels/affine-3d", true, _ => 12, (random, index) => Near(random, index is 0 or 5 or 10 ? 1 : 0),
            (s, m) => AffineWarp3D.Forward<float>(m[0], Volumes(s), m[1], s.Sampling, s.Align, s.Target, m[4], 1),
            (s, m) => AffineWarp3D.Backward<float>(m[0], Volumes(s), m[1], s.Sampling, s.Align, s.Target, m[3], m[5], m[6], 1)),
        new(
            "kernels/grid-3d", true, s => 3 * s.Target.Length, (random, _) => Anywhere(random),
            (s, m) => GridWarp3D.Forward<float>(m[0], Volumes(s), m[1], s.Sampling, s.Align, s.Target, m[4], 1),
            (s, m) => GridWarp3D.Backward<float>(m[0], Volumes(s), m[1], s.Sampling, s.Align, s.Target, m[3], m[5], m[6], 1)),
    ];

    /// <summary>The numbers of B; none for kernels without one.</summary>
    internal int BasisLength(SpanShape shape) => Name == "kernels/basis" ? shape.Functions * shape.Target.Length : 0;

    // K follows from the number of functions of a general basis.
    private static int Side(SpanShape s) => 2 + (s.Functions % 4);

    private static SplineTable<float> Table(SpanShape s) => new(Side(s), s.TargetPlane, s.Align);

    private static VolumeBatch Volumes(SpanShape s) => new(s.Count, s.Channels, s.Source);

    // Now and then far outside.
    private static float Near(Random random, double middle) =>
        (float)(middle + ((random.Next(20) == 0 ? 40 : 1) * (random.NextDouble() - 0.5)));

    private static float Anywhere(Random random) =>
        random.Next(20) == 0 ? Strange[random.Next(Strange.Length)] : (float)((3 * random.NextDouble()) - 1.5);
}
