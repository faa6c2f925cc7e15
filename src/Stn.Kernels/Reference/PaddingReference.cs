using System.Numerics;

namespace Stn.Kernels.Reference;

/// <summary>How border and reflection padding bring a position, or a single tap, back into the image (PyTorch's rules).</summary>
public static class PaddingReference
{
    /// <summary>Moves a position on an axis into [0, size − 1]; constant padding leaves it where it is.</summary>
    /// <remarks>
    /// The slope is the factor of the gradient: 0 where the position was clipped or lies on the border pixel itself
    /// ("borders count as outside"), −1 where an odd number of mirrors was passed, 1 elsewhere.
    /// </remarks>
    /// <param name="position">The position in pixels.</param>
    /// <param name="size">The pixels of the axis.</param>
    /// <param name="align">Where the mirrors stand.</param>
    /// <param name="mode">The padding.</param>
    public static (T Position, T Slope) Fold<T>(T position, int size, AlignCorners align, PaddingMode mode)
        where T : IFloatingPointIeee754<T> => mode switch
        {
            PaddingMode.Border => Clip(position, size),
            PaddingMode.Reflection => Reflect(position, size, align),
            _ => (position, T.One),
        };

    /// <summary>The pixel that tap <paramref name="index"/> reads, or −1 for the constant outside.</summary>
    /// <param name="index">The tap, any integer.</param>
    /// <param name="size">The pixels of the axis.</param>
    /// <param name="align">Where the mirrors stand.</param>
    /// <param name="mode">The padding.</param>
    public static int Fold(int index, int size, AlignCorners align, PaddingMode mode)
    {
        if ((uint)index < (uint)size)
            return index;
        if (mode == PaddingMode.Constant)
            return -1;
        if (mode == PaddingMode.Border || size == 1)
            return index < 0 ? 0 : size - 1;

        var period = Period(size, align);
        var inPeriod = ((index % period) + period) % period;
        return inPeriod < size ? inPeriod : (align == AlignCorners.True ? period : period - 1) - inPeriod;
    }

    /// <summary>After how many pixels the mirrored image repeats itself.</summary>
    internal static int Period(int size, AlignCorners align) => align == AlignCorners.True ? Math.Max(1, 2 * (size - 1)) : 2 * size;

    private static (T Position, T Slope) Clip<T>(T position, int size)
        where T : IFloatingPointIeee754<T>
    {
        var last = T.CreateTruncating(size - 1);
        if (!(position > T.Zero))
            return (T.Zero, T.Zero);
        return position < last ? (position, T.One) : (last, T.Zero);
    }

    /// <summary>The place of the image that a position of the mirrored image shows, at most half a pixel outside.</summary>
    /// <remarks>The slope is −1 where an odd number of mirrors was passed, 0 for a position that is no place, else 1.</remarks>
    /// <param name="position">The position in pixels.</param>
    /// <param name="size">The pixels of the axis.</param>
    /// <param name="align">Where the mirrors stand.</param>
    public static (T Position, T Slope) Mirror<T>(T position, int size, AlignCorners align)
        where T : IFloatingPointIeee754<T>
    {
        var low = align == AlignCorners.True ? T.Zero : -T.One / (T.One + T.One);
        var span = T.CreateTruncating(align == AlignCorners.True ? size - 1 : size);
        if (!T.IsFinite(position) || span == T.Zero)
            return (T.Zero, T.Zero);

        var distance = T.Abs(position - low);
        var slope = position < low ? -T.One : T.One;
        var inPeriod = distance % (span + span);
        return inPeriod >= span ? (span + span - inPeriod + low, -slope) : (inPeriod + low, slope);
    }

    // Reflection may end within half a pixel outside: PyTorch clips it then.
    private static (T Position, T Slope) Reflect<T>(T position, int size, AlignCorners align)
        where T : IFloatingPointIeee754<T>
    {
        var (mirrored, slope) = Mirror(position, size, align);
        var (clipped, inside) = Clip(mirrored, size);
        return (clipped, inside * slope);
    }
}
