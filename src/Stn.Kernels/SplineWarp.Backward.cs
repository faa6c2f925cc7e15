using System.Numerics;
using Stn.Kernels.Points;
using Stn.Kernels.Warps;

namespace Stn.Kernels;

/// <content>The gradients of the spline's warp.</content>
public static unsafe partial class SplineWarp
{
    /// <summary>Writes the gradients of U and θ, each only if its span is not empty.</summary>
    /// <remarks>The linear kernel's gradient at integer positions is that of the cell above (⌊x⌋), as in PyTorch.</remarks>
    /// <param name="images">U, (N, C, H, W).</param>
    /// <param name="shape">N, C, H and W.</param>
    /// <param name="theta">θ, (N, 2, K²).</param>
    /// <param name="table">B over the target: it has K, h and w.</param>
    /// <param name="sampling">How U is read between pixels and outside.</param>
    /// <param name="align">The convention of the source.</param>
    /// <param name="gradientOutput">∂V, (N, C, h, w).</param>
    /// <param name="gradientImages">∂U, (N, C, H, W), written in full; empty if it is not wanted.</param>
    /// <param name="gradientTheta">∂θ, (N, 2, K²), written in full; empty if it is not wanted.</param>
    /// <param name="threads">At most so many threads; 0 is <see cref="KernelThreads.Default"/>.</param>
    /// <exception cref="ArgumentException">The length of a span does not fit its shape.</exception>
    public static void Backward<T>(
        ReadOnlySpan<T> images, ImageBatch shape, ReadOnlySpan<T> theta, SplineTable<T> table, Sampling sampling, AlignCorners align,
        ReadOnlySpan<T> gradientOutput, Span<T> gradientImages, Span<T> gradientTheta, int threads = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var geometry = CheckInputs(images, shape, theta, table);
        Check.Length(gradientOutput, geometry.OutputLength, nameof(gradientOutput), "N·C·h·w");
        Check.Optional<T>(gradientImages, geometry.ImageLength, nameof(gradientImages), "N·C·H·W");
        Check.Optional<T>(gradientTheta, theta.Length, nameof(gradientTheta), "N·2·K²");
        fixed (T* u = images, t = theta, v = gradientOutput, du = gradientImages, dt = gradientTheta)
        {
            var points = new SplinePoints<T>(table, t, geometry, align);
            Warp.Backward(geometry, u, points, sampling, align, v, du, dt, positions: dt != null, threads);
        }
    }
}
