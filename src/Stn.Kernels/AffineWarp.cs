using System.Numerics;
using Stn.Kernels.Points;
using Stn.Kernels.Warps;

namespace Stn.Kernels;

/// <summary>
/// The affine warp, equation (1) of the paper, in one pass without a grid in memory: V(x_t, y_t) = U(θ·(x_t, y_t, 1)).
/// </summary>
/// <remarks>
/// Convention: θ maps target to source, both normalised to [−1, 1], x before y; images are NCHW, contiguous.
/// float runs on vectors where the processor has AVX2; every other type is computed by the scalar form.
/// </remarks>
public static unsafe partial class AffineWarp
{
    private const int Parameters = 6;

    /// <summary>Writes V, the warped images.</summary>
    /// <param name="images">U, (N, C, H, W).</param>
    /// <param name="shape">N, C, H and W.</param>
    /// <param name="theta">θ, (N, 2, 3).</param>
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
        Check.Length(theta, (long)Parameters * shape.Count, nameof(theta), "N·6");
        Check.Length<T>(output, geometry.OutputLength, nameof(output), "N·C·h·w");
        fixed (T* u = images, t = theta, v = output)
        {
            var points = new AffinePoints<T>(t, geometry.Source, geometry.Target, align, dimensions: 2);
            Warp.Forward(geometry, u, points, sampling, align, v, threads);
        }
    }
}
