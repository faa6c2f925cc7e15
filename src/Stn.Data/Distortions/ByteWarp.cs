using System.Runtime.Intrinsics;
using Stn.Kernels;

namespace Stn.Data.Distortions;

/// <summary>
/// Warps of a byte image: bilinear, zeros outside, in double, rounded to bytes (half up). Additions and multiplications in a fixed order
/// and nothing else, so the bytes are the same on any machine.
/// </summary>
/// <remarks>
/// The affine warp has the bits of <see cref="Kernels.Reference.BilinearReference.Affine"/> with <see cref="AlignCorners.False"/>. It is
/// faster since it computes only what may see ink, four pixels at once, from a copy with a border of zeros.
/// </remarks>
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
        Span<double> columns = stackalloc double[2 * (target.Width + Lanes)];
        Warp(image, source, new AffineRows(theta, source, target, columns), target, output);
    }

    /// <summary>Warps <paramref name="image"/>: output(target) = image(map(target)).</summary>
    /// <param name="image">One plane of size <paramref name="source"/>.</param>
    /// <param name="source">The size of the image.</param>
    /// <param name="map">From target to source, both in pixels.</param>
    /// <param name="target">The size of the output.</param>
    /// <param name="output">One plane of size <paramref name="target"/>, written in full.</param>
    public static void Projective(ReadOnlySpan<byte> image, Plane source, Homography map, Plane target, Span<byte> output) =>
        Warp(image, source, new ProjectiveRows(map, target.Width), target, output);

    /// <summary>Warps an image scaled about its middle: output(target) = scaled image(target + moves·basis(target)).</summary>
    /// <param name="image">One plane of size <paramref name="source"/>.</param>
    /// <param name="source">The size of the image.</param>
    /// <param name="basis">(K, h, w): how far a target pixel follows each of K control points; w is a multiple of 4.</param>
    /// <param name="moves">(2, K): how far off the control points read, along x, then along y, in target pixels.</param>
    /// <param name="scale">The size of the scaled image over its own.</param>
    /// <param name="target">h and w, the size of the output.</param>
    /// <param name="output">One plane of size <paramref name="target"/>, written in full.</param>
    public static void Spline(
        ReadOnlySpan<byte> image, Plane source, ReadOnlySpan<double> basis, ReadOnlySpan<double> moves, double scale, Plane target,
        Span<byte> output) =>
        Warp(image, source, new SplineRows(basis, moves, scale, source, target), target, output);

    private static int Lanes => Vector256<double>.Count;

    private static void Warp<TRows>(ReadOnlySpan<byte> image, Plane source, TRows rows, Plane target, Span<byte> output)
        where TRows : ISourceRows, allows ref struct
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(image.Length, source.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(output.Length, target.Length);
        output.Clear();
        var ink = InkBox.Of(image, source);
        if (ink.IsEmpty)
            return;

        Span<byte> bordered = stackalloc byte[BorderedImage.Length(source)];
        var reader = new BorderedImage(image, source, ink, bordered);
        for (var row = 0; row < target.Height; row++)
        {
            var (first, end) = rows.Columns(row, ink);
            var line = output.Slice(row * target.Width, target.Width);
            for (var column = first; column < end; column += Lanes)
            {
                var (x, y) = rows.Four(row, column);
                if (reader.MaySeeInk(x, y))
                    reader.Sample(x, y, line[column..Math.Min(end, column + Lanes)]);
            }
        }
    }
}
