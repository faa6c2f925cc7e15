using System.Numerics;
using Stn.Kernels.Points;
using Stn.Kernels.Warps;

namespace Stn.Kernels;

/// <summary>
/// The warp by an explicit grid: V at a target point is U at the source point that the grid holds for it, PyTorch's
/// <c>grid_sample</c>.
/// </summary>
/// <remarks>
/// Convention: grid values are normalised to [−1, 1], x before y; images are NCHW, contiguous. The values and gradients are
/// PyTorch's; <see cref="Padding"/> says what NaN and ±∞ mean, where PyTorch's own paths disagree.
/// float runs on vectors where the processor has AVX2; every other type is computed by the scalar form.
/// </remarks>
public static unsafe partial class GridWarp
{
    /// <summary>Writes V, the warped images.</summary>
    /// <param name="images">U, (N, C, H, W).</param>
    /// <param name="shape">N, C, H and W.</param>
    /// <param name="grid">The grid, (N, h, w, 2).</param>
    /// <param name="sampling">How U is read between pixels and outside.</param>
    /// <param name="align">The convention of the grid.</param>
    /// <param name="target">h and w.</param>
    /// <param name="output">V, (N, C, h, w), written in full.</param>
    /// <param name="threads">At most so many threads; 0 is <see cref="KernelThreads.Default"/>.</param>
    /// <exception cref="ArgumentException">The length of a span does not fit its shape.</exception>
    public static void Forward<T>(
        ReadOnlySpan<T> images, ImageBatch shape, ReadOnlySpan<T> grid, Sampling sampling, AlignCorners align, Plane target,
        Span<T> output, int threads = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var geometry = Geometry.Of(shape, target);
        geometry.Check();
        Check.Length(images, geometry.ImageLength, nameof(images), "N·C·H·W");
        Check.Length(grid, (long)2 * shape.Count * geometry.Target.Length, nameof(grid), "N·h·w·2");
        Check.Length<T>(output, geometry.OutputLength, nameof(output), "N·C·h·w");
        fixed (T* u = images, t = grid, v = output)
        {
            var points = new GridPoints<T>(t, null, geometry.Source, geometry.Target, align, dimensions: 2);
            Warp.Forward(geometry, u, points, sampling, align, v, threads);
        }
    }
}
