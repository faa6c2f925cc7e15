using System.Numerics;
using Stn.Kernels.Points;
using Stn.Kernels.Warps;

namespace Stn.Kernels;

/// <summary>
/// The warp of volumes by an explicit grid: V at a target point is U at the source point that the grid holds for it,
/// PyTorch's <c>grid_sample</c> of 5-D tensors.
/// </summary>
/// <remarks>
/// Convention: grid values are normalised to [−1, 1], x before y before z; volumes are NCDHW, contiguous. Ties of the nearest
/// sampler follow its rule, which is that of newer PyTorch versions; <see cref="Padding"/> says what NaN and ±∞ mean.
/// float runs on vectors where the processor has AVX2; every other type is computed by the scalar form.
/// </remarks>
public static unsafe partial class GridWarp3D
{
    /// <summary>Writes V, the warped volumes.</summary>
    /// <param name="volumes">U, (N, C, D, H, W).</param>
    /// <param name="shape">N, C, D, H and W.</param>
    /// <param name="grid">The grid, (N, d, h, w, 3).</param>
    /// <param name="sampling">How U is read between pixels and outside.</param>
    /// <param name="align">The convention of the grid.</param>
    /// <param name="target">d, h and w.</param>
    /// <param name="output">V, (N, C, d, h, w), written in full.</param>
    /// <param name="threads">At most so many threads; 0 is <see cref="KernelThreads.Default"/>.</param>
    /// <exception cref="ArgumentException">The length of a span does not fit its shape.</exception>
    /// <exception cref="NotSupportedException">The sampler is cubic.</exception>
    public static void Forward<T>(
        ReadOnlySpan<T> volumes, VolumeBatch shape, ReadOnlySpan<T> grid, Sampling sampling, AlignCorners align, Volume target,
        Span<T> output, int threads = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var geometry = Geometry.Of(shape, target);
        geometry.Check();
        Check.Length(volumes, geometry.ImageLength, nameof(volumes), "N·C·D·H·W");
        Check.Length(grid, (long)3 * shape.Count * geometry.Target.Length, nameof(grid), "N·d·h·w·3");
        Check.Length<T>(output, geometry.OutputLength, nameof(output), "N·C·d·h·w");
        fixed (T* u = volumes, t = grid, v = output)
        {
            var points = new GridPoints<T>(t, null, geometry.Source, geometry.Target, align, dimensions: 3);
            Warp.Forward(geometry, u, points, sampling, align, v, threads);
        }
    }
}
