using Stn.Kernels;

namespace Stn.Data.Distortions;

/// <summary>
/// The affine warp of a byte image: the same bits as <see cref="Kernels.Reference.BilinearReference.Affine"/> in double
/// (<see cref="AlignCorners.False"/>), rounded to bytes (half up), but faster: it computes only the pixels that may see
/// ink, reads a copy with a border of zeros, and multiplies θ with the columns once.
/// </summary>
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
        ArgumentOutOfRangeException.ThrowIfNotEqual(output.Length, target.Length);
        output.Clear();
        var ink = InkBox.Of(image, source);
        if (ink.IsEmpty)
            return;

        var stride = source.Width + 2;
        Span<double> bordered = stackalloc double[stride * (source.Height + 2)];
        CopyInside(image, source, bordered);
        Span<(double X, double Y)> columns = stackalloc (double, double)[target.Width];
        for (var column = 0; column < target.Width; column++)
        {
            var x = Coordinates.OfPixel<double>(column, target.Width, AlignCorners.False);
            columns[column] = (theta[0] * x, theta[3] * x);
        }

        for (var row = 0; row < target.Height; row++)
        {
            var y = Coordinates.OfPixel<double>(row, target.Height, AlignCorners.False);
            var (first, end) = ink.Columns(theta, y, source, target.Width);
            Row(
                bordered, source, columns[first..end], (theta[1] * y, theta[4] * y), (theta[2], theta[5]),
                output[((row * target.Width) + first)..]);
        }
    }

    private static void Row(
        ReadOnlySpan<double> bordered, Plane source, ReadOnlySpan<(double X, double Y)> columns,
        (double X, double Y) row, (double X, double Y) shift, Span<byte> output)
    {
        for (var column = 0; column < columns.Length; column++)
        {
            // The reference's order of addition: another rounding could be another byte.
            var sourceX = columns[column].X + row.X + shift.X;
            var sourceY = columns[column].Y + row.Y + shift.Y;
            var x = Coordinates.ToPixel(sourceX, source.Width, AlignCorners.False);
            var y = Coordinates.ToPixel(sourceY, source.Height, AlignCorners.False);
            output[column] = (byte)(Sample(bordered, source, x, y) + 0.5);
        }
    }

    /// <summary>The bilinear value at pixel (x, y) of an image that <see cref="CopyInside"/> has copied.</summary>
    public static double Sample(ReadOnlySpan<double> bordered, Plane source, double x, double y)
    {
        if (!(x > -1 && x < source.Width && y > -1 && y < source.Height))
            return 0;

        var (left, top) = (Math.Floor(x), Math.Floor(y));
        var (right, bottom) = (x - left, y - top);
        var first = (((int)top + 1) * (source.Width + 2)) + (int)left + 1;
        var upper = ((1 - right) * bordered[first]) + (right * bordered[first + 1]);
        first += source.Width + 2;
        var lower = ((1 - right) * bordered[first]) + (right * bordered[first + 1]);
        return ((1 - bottom) * upper) + (bottom * lower);
    }

    /// <summary>Copies an image into a border of zeros, one pixel wide.</summary>
    public static void CopyInside(ReadOnlySpan<byte> image, Plane source, Span<double> bordered)
    {
        bordered.Clear();
        for (var row = 0; row < source.Height; row++)
        {
            var line = bordered.Slice(((row + 1) * (source.Width + 2)) + 1, source.Width);
            for (var column = 0; column < line.Length; column++)
                line[column] = image[(row * source.Width) + column];
        }
    }
}
