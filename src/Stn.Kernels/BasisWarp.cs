using System.Numerics;
using Stn.Kernels.Points;
using Stn.Kernels.Warps;

namespace Stn.Kernels;

/// <summary>
/// The warp of any transformation that is linear in its parameters, the paper's T = M_θ·B, in one pass without a grid in
/// memory: x_s = Σ_k θ_xk·B_k(x_t, y_t) and y_s = Σ_k θ_yk·B_k(x_t, y_t). Thin-plate splines are of this form
/// (<see cref="ThinPlateSpline"/>), and B may be learned.
/// </summary>
/// <remarks>
/// Convention: B is (K, h, w), each basis function an image over the target, and the same for the whole batch; θ is (N, 2, K),
/// the K weights of x before those of y; source coordinates are normalised to [−1, 1]; images are NCHW, contiguous.
/// float runs on vectors where the processor has AVX2; every other type is computed by the scalar form.
/// </remarks>
public static unsafe partial class BasisWarp
{
    /// <summary>Writes V, the warped images.</summary>
    /// <param name="images">U, (N, C, H, W).</param>
    /// <param name="shape">N, C, H and W.</param>
    /// <param name="theta">θ, (N, 2, K).</param>
    /// <param name="basis">B, (K, h, w).</param>
    /// <param name="functions">K.</param>
    /// <param name="sampling">How U is read between pixels and outside.</param>
    /// <param name="align">The convention of the source.</param>
    /// <param name="target">h and w.</param>
    /// <param name="output">V, (N, C, h, w), written in full.</param>
    /// <param name="threads">At most so many threads; 0 is <see cref="KernelThreads.Default"/>.</param>
    /// <exception cref="ArgumentException">The length of a span does not fit its shape.</exception>
    public static void Forward<T>(
        ReadOnlySpan<T> images, ImageBatch shape, ReadOnlySpan<T> theta, ReadOnlySpan<T> basis, int functions, Sampling sampling,
        AlignCorners align, Plane target, Span<T> output, int threads = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var geometry = Geometry.Of(shape, target);
        CheckInputs(geometry, images, theta, basis, functions);
        Check.Length<T>(output, geometry.OutputLength, nameof(output), "N·C·h·w");
        fixed (T* u = images, t = theta, b = basis, v = output)
        {
            var points = new BasisPoints<T>(b, functions, t, null, null, geometry.Source, geometry.Target, align, again: shape.Count > 1);
            Warp.Forward(geometry, u, points, sampling, align, v, threads);
        }
    }

    private static void CheckInputs<T>(
        in Geometry geometry, ReadOnlySpan<T> images, ReadOnlySpan<T> theta, ReadOnlySpan<T> basis, int functions)
    {
        geometry.Check();
        ArgumentOutOfRangeException.ThrowIfNegative(functions);
        Check.Length(images, geometry.ImageLength, nameof(images), "N·C·H·W");
        Check.Length(theta, 2L * geometry.Count * functions, nameof(theta), "N·2·K");
        Check.Length(basis, (long)functions * geometry.Target.Length, nameof(basis), "K·h·w");
    }
}
