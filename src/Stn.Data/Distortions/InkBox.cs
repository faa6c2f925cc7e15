using Stn.Kernels;

namespace Stn.Data.Distortions;

/// <summary>The smallest box of pixels that holds all ink: outside of it, and one pixel more, every sample is 0.</summary>
internal readonly record struct InkBox(int Left, int Top, int Right, int Bottom)
{
    /// <summary>True where the image has no ink.</summary>
    public bool IsEmpty => Right < Left;

    /// <summary>The box of an image; both ends inclusive.</summary>
    public static InkBox Of(ReadOnlySpan<byte> image, Plane plane)
    {
        var (left, right, top, bottom) = (plane.Width, -1, -1, -1);
        for (var row = 0; row < plane.Height; row++)
        {
            var line = image.Slice(row * plane.Width, plane.Width);
            var first = line.IndexOfAnyExcept((byte)0);
            if (first < 0)
                continue;

            (left, right) = (Math.Min(left, first), Math.Max(right, line.LastIndexOfAnyExcept((byte)0)));
            (top, bottom) = (top < 0 ? row : top, row);
        }

        return new InkBox(left, top, right, bottom);
    }

    /// <summary>
    /// The target columns [First, End) of a row that may see ink under θ, with a column to spare on each side, which is
    /// far more than any rounding.
    /// </summary>
    /// <param name="theta">θ, target to source, normalised with <see cref="AlignCorners.False"/>.</param>
    /// <param name="y">The row, normalised.</param>
    /// <param name="source">The size of the image.</param>
    /// <param name="width">The number of target columns.</param>
    public (int First, int End) Columns(ReadOnlySpan<double> theta, double y, Plane source, int width)
    {
        var (low, high) = (0.0, (double)width - 1);
        Narrow(theta[0], (theta[1] * y) + theta[2], source.Width, width, Left, Right, ref low, ref high);
        Narrow(theta[3], (theta[4] * y) + theta[5], source.Height, width, Top, Bottom, ref low, ref high);
        return low <= high ? ((int)Math.Max(0, Math.Floor(low) - 1), (int)Math.Min(width, Math.Ceiling(high) + 2)) : (0, 0);
    }

    /// <summary>Keeps of [low, high] the columns whose source coordinate, slope·x + origin, is between first − 1 and last + 1.</summary>
    public static void Narrow(
        double slope, double origin, int size, int width, int first, int last, ref double low, ref double high)
    {
        // The source pixel of column c is step·c + start.
        var step = slope * size / width;
        var start = (((slope * ((1.0 / width) - 1)) + origin + 1) * size / 2) - 0.5;
        // A nearly constant coordinate says nothing reliable about columns; keep them all, the sampler decides.
        if (Math.Abs(step) < 1e-6)
            return;

        var (a, b) = ((first - 1 - start) / step, (last + 1 - start) / step);
        (low, high) = (Math.Max(low, Math.Min(a, b)), Math.Min(high, Math.Max(a, b)));
    }
}
