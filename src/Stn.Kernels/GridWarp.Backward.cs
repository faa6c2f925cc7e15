using System.Numerics;
using Stn.Kernels.Points;
using Stn.Kernels.Warps;

namespace Stn.Kernels;

/// <content>The gradients of the warp by an explicit grid.</content>
public static unsafe partial class GridWarp
{
    /// <summary>Writes the gradients of U and of the grid, each only if its span is not empty.</summary>
    /// <remarks>The linear kernel's gradient at integer positions is that of the cell above (⌊x⌋), as in PyTorch.</remarks>
    /// <param name="images">U, (N, C, H, W).</param>
    /// <param name="shape">N, C, H and W.</param>
    /// <param name="grid">The grid, (N, h, w, 2).</param>
    /// <param name="sampling">How U is read between pixels and outside.</param>
    /// <param name="align">The convention of the grid.</param>
    /// <param name="target">h and w.</param>
    /// <param name="gradientOutput">∂V, (N, C, h, w).</param>
    /// <param name="gradientImages">∂U, (N, C, H, W), written in full; empty if it is not wanted.</param>
    /// <param name="gradientGrid">∂grid, of the shape of <paramref name="grid"/>, written in full; empty if it is not wanted.</param>
    /// <param name="threads">At most so many threads; 0 is <see cref="KernelThreads.Default"/>.</param>
    /// <exception cref="ArgumentException">The length of a span does not fit its shape.</exception>
    public static void Backward<T>(
        ReadOnlySpan<T> images, ImageBatch shape, ReadOnlySpan<T> grid, Sampling sampling, AlignCorners align, Plane target,
        ReadOnlySpan<T> gradientOutput, Span<T> gradientImages, Span<T> gradientGrid, int threads = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var geometry = Geometry.Of(shape, target);
        geometry.Check();
        Check.Length(images, geometry.ImageLength, nameof(images), "N·C·H·W");
        Check.Length(grid, (long)2 * shape.Count * geometry.Target.Length, nameof(grid), "N·h·w·2");
        Check.Length(gradientOutput, geometry.OutputLength, nameof(gradientOutput), "N·C·h·w");
        Check.Optional<T>(gradientImages, geometry.ImageLength, nameof(gradientImages), "N·C·H·W");
        Check.Optional<T>(gradientGrid, grid.Length, nameof(gradientGrid), "N·h·w·2");
        fixed (T* u = images, t = grid, v = gradientOutput, du = gradientImages, dt = gradientGrid)
        {
            var points = new GridPoints<T>(t, dt, geometry.Source, geometry.Target, align, dimensions: 2);
            Warp.Backward(geometry, u, points, sampling, align, v, du, null, positions: dt != null, threads);
        }
    }
}
