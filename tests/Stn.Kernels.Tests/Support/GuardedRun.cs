using System.Numerics;
using System.Runtime.InteropServices;

namespace Stn.Kernels.Tests.Support;

/// <summary>Runs cases, forward and backward, with every buffer between guard pages.</summary>
internal sealed class GuardedRun : IDisposable
{
    private readonly GuardedBuffer[] buffers = [.. Enumerable.Range(0, 8).Select(_ => new GuardedBuffer())];

    /// <summary>Fails if a pattern beside a buffer, or an input, has changed, or a value or gradient differs from that on plain arrays.</summary>
    /// <param name="c">The case.</param>
    /// <param name="atEnd">Whether the buffers end at a guard page or begin there.</param>
    /// <param name="threads">The threads of the calls.</param>
    /// <param name="wantImages">Whether the gradient of U is asked for.</param>
    /// <param name="wantParameters">Whether those of θ and B are.</param>
    /// <param name="compare">Whether to compare with the same calls on plain arrays.</param>
    public void Run<T>(WarpCase<T> c, bool atEnd, int threads, bool wantImages, bool wantParameters, bool compare)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var images = buffers[0].Take(c.Images, atEnd);
        var parameters = buffers[1].Take(c.Parameters, atEnd);
        var basis = buffers[2].Take(c.Basis, atEnd);
        var gradientOutput = buffers[3].Take(c.GradientOutput, atEnd);
        var output = buffers[4].Take<T>(gradientOutput.Length, atEnd);
        var gradientImages = buffers[5].Take<T>(wantImages ? images.Length : 0, atEnd);
        var gradientParameters = buffers[6].Take<T>(wantParameters ? parameters.Length : 0, atEnd);
        var gradientBasis = buffers[7].Take<T>(wantParameters ? basis.Length : 0, atEnd);
        WarpCalls.Forward<T>(c.Setting, images, parameters, basis, output, threads);
        WarpCalls.Backward<T>(
            c.Setting, images, parameters, basis, gradientOutput, gradientImages, gradientParameters, gradientBasis, threads);

        Same(c.Images, images, c, "U");
        Same(c.Parameters, parameters, c, "θ");
        Same(c.Basis, basis, c, "B");
        Same(c.GradientOutput, gradientOutput, c, "∂V");
        if (buffers.FirstOrDefault(buffer => !buffer.IsIntact()) is { } broken)
            throw new InvalidOperationException($"Buffer {Array.IndexOf(buffers, broken)} was written beside: {c.Setting}");
        if (!compare)
            return;
        Same(c.Forward(), output, c, "V on plain arrays");
        var gradients = c.Backward(1, wantImages, wantParameters, wantParameters);
        Same(gradients.Images, gradientImages, c, "∂U on plain arrays");
        Same(gradients.Parameters, gradientParameters, c, "∂θ on plain arrays");
        Same(gradients.Basis, gradientBasis, c, "∂B on plain arrays");
    }

    public void Dispose() => Array.ForEach(buffers, buffer => buffer.Dispose());

    // The same bits: NaN equals itself.
    private static void Same<T>(T[] expected, Span<T> actual, WarpCase<T> c, string what)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!MemoryMarshal.AsBytes(expected.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(actual)))
            throw new InvalidOperationException($"{what} differs: {c.Setting}");
    }
}
