using System.Numerics;
using Stn.Kernels.Points;
using Stn.Kernels.Warps;

namespace Stn.Kernels;

/// <summary>
/// The warp of a <see cref="ThinPlateSpline"/> on a lattice, in one pass without a grid in memory: what <see cref="BasisWarp"/> computes with
/// the functions of the spline, from a quarter of them.
/// </summary>
/// <remarks>
/// Convention: θ is (N, 2, K²), the source positions of the control points, normalised to [−1, 1], all x of an image before all y; images
/// are NCHW, contiguous. float runs on vectors where the processor has AVX2; every other type is computed by the scalar form.
/// </remarks>
public static unsafe partial class SplineWarp
{
    /// <summary>Writes V, the warped images.</summary>
    /// <param name="images">U, (N, C, H, W).</param>
    /// <param name="shape">N, C, H and W.</param>
    /// <param name="theta">θ, (N, 2, K²).</param>
    /// <param name="table">B over the target: it has K, h and w.</param>
    /// <param name="sampling">How U is read between pixels and outside.</param>
    /// <param name="align">The convention of the source.</param>
    /// <param name="output">V, (N, C, h, w), written in full.</param>
    /// <param name="threads">At most so many threads; 0 is <see cref="KernelThreads.Default"/>.</param>
    /// <exception cref="ArgumentException">The length of a span does not fit its shape.</exception>
    public static void Forward<T>(
        ReadOnlySpan<T> images, ImageBatch shape, ReadOnlySpan<T> theta, SplineTable<T> table, Sampling sampling, AlignCorners align,
        Span<T> output, int threads = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var geometry = CheckInputs(images, shape, theta, table);
        Check.Length<T>(output, geometry.OutputLength, nameof(output), "N·C·h·w");
        fixed (T* u = images, t = theta, v = output)
            Warp.Forward(geometry, u, new SplinePoints<T>(table, t, geometry, align), sampling, align, v, threads);
    }

    private static Geometry CheckInputs<T>(ReadOnlySpan<T> images, ImageBatch shape, ReadOnlySpan<T> theta, SplineTable<T> table)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(table);
        var geometry = Geometry.Of(shape, table.Target);
        geometry.Check();
        Check.Length(images, geometry.ImageLength, nameof(images), "N·C·H·W");
        Check.Length(theta, 2L * geometry.Count * table.Side * table.Side, nameof(theta), "N·2·K²");
        return geometry;
    }
}
