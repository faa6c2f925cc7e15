using System.Numerics;
using Stn.Kernels.Points;
using Stn.Kernels.Warps;

namespace Stn.Kernels;

/// <summary>
/// The affine warp of volumes in one pass without a grid in memory: V(x_t, y_t, z_t) = U(θ·(x_t, y_t, z_t, 1)).
/// </summary>
/// <remarks>
/// Convention: θ maps target to source, both normalised to [−1, 1], x before y before z; volumes are NCDHW, contiguous.
/// float runs on vectors where the processor has AVX2; every other type is computed by the scalar form.
/// </remarks>
public static unsafe partial class AffineWarp3D
{
    private const int Parameters = 12;

    /// <summary>Writes V, the warped volumes.</summary>
    /// <param name="volumes">U, (N, C, D, H, W).</param>
    /// <param name="shape">N, C, D, H and W.</param>
    /// <param name="theta">θ, (N, 3, 4).</param>
    /// <param name="sampling">How U is read between pixels and outside.</param>
    /// <param name="align">The convention of both grids.</param>
    /// <param name="target">d, h and w.</param>
    /// <param name="output">V, (N, C, d, h, w), written in full.</param>
    /// <param name="threads">At most so many threads; 0 is <see cref="KernelThreads.Default"/>.</param>
    /// <exception cref="ArgumentException">The length of a span does not fit its shape.</exception>
    /// <exception cref="NotSupportedException">The sampler is cubic.</exception>
    public static void Forward<T>(
        ReadOnlySpan<T> volumes, VolumeBatch shape, ReadOnlySpan<T> theta, Sampling sampling, AlignCorners align, Volume target,
        Span<T> output, int threads = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var geometry = Geometry.Of(shape, target);
        geometry.Check();
        Check.Length(volumes, geometry.ImageLength, nameof(volumes), "N·C·D·H·W");
        Check.Length(theta, (long)Parameters * shape.Count, nameof(theta), "N·12");
        Check.Length<T>(output, geometry.OutputLength, nameof(output), "N·C·d·h·w");
        fixed (T* u = volumes, t = theta, v = output)
        {
            var points = new AffinePoints<T>(t, geometry.Source, geometry.Target, align, dimensions: 3);
            Warp.Forward(geometry, u, points, sampling, align, v, threads);
        }
    }
}
