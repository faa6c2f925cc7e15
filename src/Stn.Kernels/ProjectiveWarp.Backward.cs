using System.Numerics;
using Stn.Kernels.Points;
using Stn.Kernels.Warps;

namespace Stn.Kernels;

/// <content>The gradients of the projective warp.</content>
public static unsafe partial class ProjectiveWarp
{
    /// <summary>Writes the gradients of U and of θ, each only if its span is not empty.</summary>
    /// <remarks>The linear kernel's gradient at integer positions is that of the cell above (⌊x⌋), as in PyTorch.</remarks>
    /// <param name="images">U, (N, C, H, W).</param>
    /// <param name="shape">N, C, H and W.</param>
    /// <param name="theta">The first 8 values of H, (N, 8).</param>
    /// <param name="sampling">How U is read between pixels and outside.</param>
    /// <param name="align">The convention of both grids.</param>
    /// <param name="target">h and w.</param>
    /// <param name="gradientOutput">∂V, (N, C, h, w).</param>
    /// <param name="gradientImages">∂U, (N, C, H, W), written in full; empty if it is not wanted.</param>
    /// <param name="gradientTheta">∂θ, of the shape of <paramref name="theta"/>, written in full; empty if it is not wanted.</param>
    /// <param name="threads">At most so many threads; 0 is <see cref="KernelThreads.Default"/>.</param>
    /// <exception cref="ArgumentException">The length of a span does not fit its shape.</exception>
    public static void Backward<T>(
        ReadOnlySpan<T> images, ImageBatch shape, ReadOnlySpan<T> theta, Sampling sampling, AlignCorners align, Plane target,
        ReadOnlySpan<T> gradientOutput, Span<T> gradientImages, Span<T> gradientTheta, int threads = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var geometry = Geometry.Of(shape, target);
        geometry.Check();
        Check.Length(images, geometry.ImageLength, nameof(images), "N·C·H·W");
        Check.Length(theta, (long)Parameters * shape.Count, nameof(theta), "N·8");
        Check.Length(gradientOutput, geometry.OutputLength, nameof(gradientOutput), "N·C·h·w");
        Check.Optional<T>(gradientImages, geometry.ImageLength, nameof(gradientImages), "N·C·H·W");
        Check.Optional<T>(gradientTheta, theta.Length, nameof(gradientTheta), "N·8");
        fixed (T* u = images, t = theta, v = gradientOutput, du = gradientImages, dt = gradientTheta)
        {
            var points = new ProjectivePoints<T>(t, shape.Plane, target, align);
            Warp.Backward(geometry, u, points, sampling, align, v, du, dt, positions: dt != null, threads);
        }
    }
}
