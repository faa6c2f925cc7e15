using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Stn.Kernels;

namespace Stn.Data.Distortions;

/// <summary>
/// Warps of a byte image: bilinear, zeros outside, in double, rounded to bytes (half up). Additions, multiplications and divisions in a fixed
/// order and nothing else, so the bytes are the same on any machine.
/// </summary>
/// <remarks>
/// The affine warp has the bits of <see cref="Kernels.Reference.BilinearReference.Affine"/> with <see cref="AlignCorners.False"/>. It is
/// faster since it computes only what may see ink, eight pixels at once, each from a single read.
/// </remarks>
[SkipLocalsInit]
internal static class ByteWarp
{
    /// <summary>Warps <paramref name="image"/>: output(target) = image(θ·target).</summary>
    /// <param name="image">One plane of size <paramref name="source"/>.</param>
    /// <param name="source">The size of the image.</param>
    /// <param name="theta">θ, row by row: 2×3 numbers, target to source, both normalised, x before y.</param>
    /// <param name="target">The size of the output.</param>
    /// <param name="output">One plane of size <paramref name="target"/>, written in full.</param>
    public static void Affine(
        ReadOnlySpan<byte> image, Plane source, ReadOnlySpan<double> theta, Plane target, Span<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(theta.Length, 6);
        ArgumentOutOfRangeException.ThrowIfNotEqual(image.Length, source.Length);
        var ink = InkBox.Of(image, source);
        Span<double> buffer = stackalloc double[AffineRows.Room(target)];
        Warp(image, source, ink, new AffineRows(theta, source, ink, target, buffer), target, output);
    }

    /// <summary>Warps <paramref name="image"/>: output(target) = image(map(target)).</summary>
    /// <param name="image">One plane of size <paramref name="source"/>.</param>
    /// <param name="source">The size of the image.</param>
    /// <param name="map">From target to source, both in pixels.</param>
    /// <param name="target">The size of the output.</param>
    /// <param name="output">One plane of size <paramref name="target"/>, written in full.</param>
    public static void Projective(ReadOnlySpan<byte> image, Plane source, Homography map, Plane target, Span<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(image.Length, source.Length);
        Warp(image, source, InkBox.Of(image, source), new ProjectiveRows(map, target.Width), target, output);
    }

    /// <summary>Warps an image scaled about its middle: output(target) = scaled image(target + moves·basis(target)).</summary>
    /// <param name="image">One plane of size <paramref name="source"/>.</param>
    /// <param name="source">The size of the image.</param>
    /// <param name="basis">(K, h, w): how far a target pixel follows each of K control points; w is 8 or more, h·w a multiple of 16.</param>
    /// <param name="moves">(2, K): how far off the control points read, along x, then along y, in target pixels.</param>
    /// <param name="scale">The size of the scaled image over its own.</param>
    /// <param name="target">h and w, the size of the output.</param>
    /// <param name="output">One plane of size <paramref name="target"/>, written in full.</param>
    public static void Spline(
        ReadOnlySpan<byte> image, Plane source, ReadOnlySpan<float> basis, ReadOnlySpan<float> moves, double scale, Plane target,
        Span<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(image.Length, source.Length);
        Span<float> buffer = stackalloc float[2 * target.Length];
        Warp(image, source, InkBox.Of(image, source), new SplineRows(basis, moves, scale, source, target, buffer), target, output);
    }

    private static int Lanes => Vector512<double>.Count;

    private static void Warp<TRows>(ReadOnlySpan<byte> image, Plane source, InkBox ink, TRows rows, Plane target, Span<byte> output)
        where TRows : ISourceRows, allows ref struct
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(output.Length, target.Length);
        output.Clear();
        if (ink.IsEmpty)
            return;

        Span<uint> buffer = stackalloc uint[InkQuads.Room(source)];
        var quads = new InkQuads(image, source, ink, buffer);
        for (var row = 0; row < target.Height; row++)
        {
            var (first, end) = rows.Enter(row);
            var line = output.Slice(row * target.Width, target.Width);
            for (var column = first; column < end; column += Lanes)
            {
                // The last eight of a row may be some that were there before: their bytes are the same.
                var at = Math.Max(0, Math.Min(column, target.Width - Lanes));
                var (x, y) = rows.Eight(at);
                if (TRows.LeavesOut || quads.MaySee(x, y))
                    Write(quads.Sample(x, y), line[at..]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(ulong bytes, Span<byte> line)
    {
        if (line.Length >= Lanes)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(line, bytes);
            return;
        }

        for (var i = 0; i < line.Length; i++)
            line[i] = (byte)(bytes >> (8 * i));
    }
}
