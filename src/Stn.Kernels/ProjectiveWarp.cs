using System.Numerics;
using Stn.Kernels.Points;
using Stn.Kernels.Warps;

namespace Stn.Kernels;

/// <summary>
/// The projective warp in one pass without a grid in memory: (u, v, w) = H·(x_t, y_t, 1), V(x_t, y_t) = U(u/w, v/w), where H is
/// the 3×3 matrix of the 8 parameters in rows with h33 = 1.
/// </summary>
/// <remarks>
/// Convention: H maps target to source, both normalised to [−1, 1], x before y; images are NCHW, contiguous.
/// Points on or behind the horizon, w ≤ 10⁻⁶, are no place, like NaN in a grid: they read the constant of constant padding
/// (zero by default) and pixel (0, 0) of the other paddings, and no gradient flows to H from them.
/// float runs on vectors where the processor has AVX2; every other type is computed by the scalar form.
/// </remarks>
public static unsafe partial class ProjectiveWarp
{
    private const int Parameters = 8;

    /// <summary>Writes V, the warped images.</summary>
    /// <param name="images">U, (N, C, H, W).</param>
    /// <param name="shape">N, C, H and W.</param>
    /// <param name="theta">The first 8 values of H, (N, 8).</param>
    /// <param name="sampling">How U is read between pixels and outside.</param>
    /// <param name="align">The convention of both grids.</param>
    /// <param name="target">h and w.</param>
    /// <param name="output">V, (N, C, h, w), written in full.</param>
    /// <param name="threads">At most so many threads; 0 is <see cref="KernelThreads.Default"/>.</param>
    /// <exception cref="ArgumentException">The length of a span does not fit its shape.</exception>
    public static void Forward<T>(
        ReadOnlySpan<T> images, ImageBatch shape, ReadOnlySpan<T> theta, Sampling sampling, AlignCorners align, Plane target,
        Span<T> output, int threads = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var geometry = Geometry.Of(shape, target);
        geometry.Check();
        Check.Length(images, geometry.ImageLength, nameof(images), "N·C·H·W");
        Check.Length(theta, (long)Parameters * shape.Count, nameof(theta), "N·8");
        Check.Length<T>(output, geometry.OutputLength, nameof(output), "N·C·h·w");
        fixed (T* u = images, t = theta, v = output)
        {
            var points = new ProjectivePoints<T>(t, shape.Plane, target, align);
            Warp.Forward(geometry, u, points, sampling, align, v, threads);
        }
    }
}
