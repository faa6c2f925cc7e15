using System.Numerics;

namespace Stn.Kernels;

/// <summary>The two directions between normalised coordinates, [−1, 1] along an axis, and pixels, 0 at the first pixel's centre.</summary>
public static class Coordinates
{
    /// <summary>The normalised coordinate of pixel <paramref name="index"/> of <paramref name="size"/>: the regular grid G of the paper.</summary>
    /// <remarks>
    /// (2·index + 1)/size − 1 for <see cref="AlignCorners.False"/>, 2·index/(size − 1) − 1 for <see cref="AlignCorners.True"/>;
    /// an axis of one pixel lies at 0 in both, as in PyTorch.
    /// </remarks>
    public static T OfPixel<T>(int index, int size, AlignCorners align)
        where T : IFloatingPointIeee754<T>
    {
        if (size == 1)
            return T.Zero;

        var numerator = align == AlignCorners.True ? 2 * index : (2 * index) + 1;
        var denominator = align == AlignCorners.True ? size - 1 : size;
        return (T.CreateChecked(numerator) / T.CreateChecked(denominator)) - T.One;
    }

    /// <summary>The pixel position of a normalised coordinate: ((x + 1)·size − 1)/2, or (x + 1)/2·(size − 1) with aligned corners.</summary>
    public static T ToPixel<T>(T normalised, int size, AlignCorners align)
        where T : IFloatingPointIeee754<T>
    {
        var half = T.One / (T.One + T.One);
        return align == AlignCorners.True
            ? (normalised + T.One) * half * T.CreateChecked(size - 1)
            : (((normalised + T.One) * T.CreateChecked(size)) - T.One) * half;
    }
}
