using System.Numerics;
using Stn.Kernels.Points;
using Stn.Kernels.Warps;

namespace Stn.Kernels;

/// <content>The gradients of the warp of volumes by an explicit grid.</content>
public static unsafe partial class GridWarp3D
{
    /// <summary>Writes the gradients of U and of the grid, each only if its span is not empty.</summary>
    /// <remarks>The linear kernel's gradient at integer positions is that of the cell above (⌊x⌋), as in PyTorch.</remarks>
    /// <param name="volumes">U, (N, C, D, H, W).</param>
    /// <param name="shape">N, C, D, H and W.</param>
    /// <param name="grid">The grid, (N, d, h, w, 3).</param>
    /// <param name="sampling">How U is read between pixels and outside.</param>
    /// <param name="align">The convention of the grid.</param>
    /// <param name="target">d, h and w.</param>
    /// <param name="gradientOutput">∂V, (N, C, d, h, w).</param>
    /// <param name="gradientVolumes">∂U, (N, C, D, H, W), written in full; empty if it is not wanted.</param>
    /// <param name="gradientGrid">∂grid, of the shape of <paramref name="grid"/>, written in full; empty if it is not wanted.</param>
    /// <param name="threads">At most so many threads; 0 is <see cref="KernelThreads.Default"/>.</param>
    /// <exception cref="ArgumentException">The length of a span does not fit its shape.</exception>
    /// <exception cref="NotSupportedException">The sampler is cubic.</exception>
    public static void Backward<T>(
        ReadOnlySpan<T> volumes, VolumeBatch shape, ReadOnlySpan<T> grid, Sampling sampling, AlignCorners align, Volume target,
        ReadOnlySpan<T> gradientOutput, Span<T> gradientVolumes, Span<T> gradientGrid, int threads = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var geometry = Geometry.Of(shape, target);
        geometry.Check();
        Check.Length(volumes, geometry.ImageLength, nameof(volumes), "N·C·D·H·W");
        Check.Length(grid, (long)3 * shape.Count * geometry.Target.Length, nameof(grid), "N·d·h·w·3");
        Check.Length(gradientOutput, geometry.OutputLength, nameof(gradientOutput), "N·C·d·h·w");
        Check.Optional<T>(gradientVolumes, geometry.ImageLength, nameof(gradientVolumes), "N·C·D·H·W");
        Check.Optional<T>(gradientGrid, grid.Length, nameof(gradientGrid), "N·d·h·w·3");
        fixed (T* u = volumes, t = grid, v = gradientOutput, du = gradientVolumes, dt = gradientGrid)
        {
            var points = new GridPoints<T>(t, dt, geometry.Source, geometry.Target, align, dimensions: 3);
            Warp.Backward(geometry, u, points, sampling, align, v, du, null, positions: dt != null, threads);
        }
    }
}
