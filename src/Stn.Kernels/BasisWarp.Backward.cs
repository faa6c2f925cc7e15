using System.Numerics;
using Stn.Kernels.Points;
using Stn.Kernels.Threading;
using Stn.Kernels.Warps;

namespace Stn.Kernels;

/// <content>The gradients of the general warp.</content>
public static unsafe partial class BasisWarp
{
    /// <summary>Writes the gradients of U, θ and B, each only if its span is not empty.</summary>
    /// <remarks>The linear kernel's gradient at integer positions is that of the cell above (⌊x⌋), as in PyTorch.</remarks>
    /// <param name="images">U, (N, C, H, W).</param>
    /// <param name="shape">N, C, H and W.</param>
    /// <param name="theta">θ, (N, 2, K).</param>
    /// <param name="basis">B, (K, h, w).</param>
    /// <param name="functions">K.</param>
    /// <param name="sampling">How U is read between pixels and outside.</param>
    /// <param name="align">The convention of the source.</param>
    /// <param name="target">h and w.</param>
    /// <param name="gradientOutput">∂V, (N, C, h, w).</param>
    /// <param name="gradientImages">∂U, (N, C, H, W), written in full; empty if it is not wanted.</param>
    /// <param name="gradientTheta">∂θ, (N, 2, K), written in full; empty if it is not wanted.</param>
    /// <param name="gradientBasis">∂B, (K, h, w), the sum over the batch, written in full; empty if B is fixed.</param>
    /// <param name="threads">At most so many threads; 0 is <see cref="KernelThreads.Default"/>.</param>
    /// <exception cref="ArgumentException">The length of a span does not fit its shape.</exception>
    public static void Backward<T>(
        ReadOnlySpan<T> images, ImageBatch shape, ReadOnlySpan<T> theta, ReadOnlySpan<T> basis, int functions, Sampling sampling,
        AlignCorners align, Plane target, ReadOnlySpan<T> gradientOutput, Span<T> gradientImages, Span<T> gradientTheta,
        Span<T> gradientBasis, int threads = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var geometry = Geometry.Of(shape, target);
        CheckInputs(geometry, images, theta, basis, functions);
        Check.Length(gradientOutput, geometry.OutputLength, nameof(gradientOutput), "N·C·h·w");
        Check.Optional<T>(gradientImages, geometry.ImageLength, nameof(gradientImages), "N·C·H·W");
        Check.Optional<T>(gradientTheta, theta.Length, nameof(gradientTheta), "N·2·K");
        var learned = Check.Optional<T>(gradientBasis, basis.Length, nameof(gradientBasis), "K·h·w");
        var turns = learned ? new Turns(0, new Tiling(geometry.Target, geometry.Channels).Count) : null;
        gradientBasis.Clear();
        fixed (T* u = images, t = theta, b = basis, v = gradientOutput, du = gradientImages, dt = gradientTheta, db = gradientBasis)
        {
            var points = new BasisPoints<T>(b, functions, t, db, turns, geometry.Source, geometry.Target, align, again: true);
            Warp.Backward(geometry, u, points, sampling, align, v, du, dt, positions: dt != null || db != null, threads);
        }
    }
}
