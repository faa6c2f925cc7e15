using System.Numerics;
using Stn.Kernels.Points;
using Stn.Kernels.Warps;

namespace Stn.Kernels;

/// <content>The gradients of the affine warp of volumes.</content>
public static unsafe partial class AffineWarp3D
{
    /// <summary>Writes the gradients of U and of θ, each only if its span is not empty.</summary>
    /// <remarks>The linear kernel's gradient at integer positions is that of the cell above (⌊x⌋), as in PyTorch.</remarks>
    /// <param name="volumes">U, (N, C, D, H, W).</param>
    /// <param name="shape">N, C, D, H and W.</param>
    /// <param name="theta">θ, (N, 3, 4).</param>
    /// <param name="sampling">How U is read between pixels and outside.</param>
    /// <param name="align">The convention of both grids.</param>
    /// <param name="target">d, h and w.</param>
    /// <param name="gradientOutput">∂V, (N, C, d, h, w).</param>
    /// <param name="gradientVolumes">∂U, (N, C, D, H, W), written in full; empty if it is not wanted.</param>
    /// <param name="gradientTheta">∂θ, of the shape of <paramref name="theta"/>, written in full; empty if it is not wanted.</param>
    /// <param name="threads">At most so many threads; 0 is <see cref="KernelThreads.Default"/>.</param>
    /// <exception cref="ArgumentException">The length of a span does not fit its shape.</exception>
    /// <exception cref="NotSupportedException">The sampler is cubic.</exception>
    public static void Backward<T>(
        ReadOnlySpan<T> volumes, VolumeBatch shape, ReadOnlySpan<T> theta, Sampling sampling, AlignCorners align, Volume target,
        ReadOnlySpan<T> gradientOutput, Span<T> gradientVolumes, Span<T> gradientTheta, int threads = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var geometry = Geometry.Of(shape, target);
        geometry.Check();
        Check.Length(volumes, geometry.ImageLength, nameof(volumes), "N·C·D·H·W");
        Check.Length(theta, (long)Parameters * shape.Count, nameof(theta), "N·12");
        Check.Length(gradientOutput, geometry.OutputLength, nameof(gradientOutput), "N·C·d·h·w");
        Check.Optional<T>(gradientVolumes, geometry.ImageLength, nameof(gradientVolumes), "N·C·D·H·W");
        Check.Optional<T>(gradientTheta, theta.Length, nameof(gradientTheta), "N·12");
        fixed (T* u = volumes, t = theta, v = gradientOutput, du = gradientVolumes, dt = gradientTheta)
        {
            var points = new AffinePoints<T>(t, geometry.Source, geometry.Target, align, dimensions: 3);
            Warp.Backward(geometry, u, points, sampling, align, v, du, dt, positions: dt != null, threads);
        }
    }
}
