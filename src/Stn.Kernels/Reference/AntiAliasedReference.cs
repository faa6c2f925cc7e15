using System.Numerics;

namespace Stn.Kernels.Reference;

/// <summary>
/// Anti-aliased sampling, the specification: equation (3) of the paper with the triangle k(d) = max(0, 1 − |d|/s) along each
/// axis, divided by the sum of its weights, where s is the local scale: how many source pixels lie between neighbours of V.
/// </summary>
/// <remarks>
/// Where s is 1 or less this is the bilinear sampler. The derivatives are those at a constant s: no gradient flows through the
/// width of the kernel.
/// </remarks>
public static partial class AntiAliasedReference
{
    /// <summary>The greatest scale that counts as 1: positions are rounded, and so are scales taken from them.</summary>
    internal const double Linear = 1 + (1.0 / (1 << 14));

    // No image is as wide, so a wider kernel weighs its pixels alike.
    private const double Widest = 1 << 30;

    /// <summary>
    /// The local scale along one source axis, √((∂p/∂column)² + (∂p/∂row)²), at least 1, from the positions p of a target point
    /// and of its four neighbours: the greatest number of source pixels that a step of one target pixel goes. Exact in affine maps.
    /// </summary>
    /// <remarks>
    /// Central differences; one-sided where a neighbour does not exist or is no place (both NaN or ±∞ here); 0 where neither does:
    /// an axis of one target pixel has no scale. 1 at a point that is no place itself.
    /// </remarks>
    /// <param name="position">The point's position in pixels on the source axis.</param>
    /// <param name="left">That of the target point before it in its row.</param>
    /// <param name="right">That of the one after it.</param>
    /// <param name="above">That of the target point before it in its column.</param>
    /// <param name="below">That of the one after it.</param>
    public static T Scale<T>(T position, T left, T right, T above, T below)
        where T : IFloatingPointIeee754<T>
    {
        if (!T.IsFinite(position))
            return T.One;
        var (across, down) = (Difference(left, position, right), Difference(above, position, below));
        return T.Max(T.One, T.Sqrt((across * across) + (down * down)));
    }

    /// <summary>s as it counts on an axis: 1 for the bilinear kernel, at most the period of a mirrored image.</summary>
    /// <param name="scale">The local scale.</param>
    /// <param name="size">The pixels of the axis.</param>
    /// <param name="align">Where the mirrors stand.</param>
    /// <param name="mode">The padding.</param>
    public static double Width(double scale, int size, AlignCorners align, PaddingMode mode)
    {
        var width = Math.Min(scale, mode == PaddingMode.Reflection ? PaddingReference.Period(size, align) : Widest);
        return width > Linear ? width : 1;
    }

    /// <summary>Writes the weights of the pixels that the kernel reads on one axis, and their derivatives by the position.</summary>
    /// <remarks>
    /// At kinks the derivatives are those of the positions above, as the bilinear ones. Constant: a tap outside reads the
    /// constant. Border: taps outside do not count, the sum of the others is 1; a kernel that reads nothing inside takes the
    /// nearest pixel. Reflection: taps outside read the mirrored image, and a kernel wider than a period of it, which sees all of
    /// it, counts as that wide.
    /// </remarks>
    /// <param name="position">The position in pixels; may lie outside, be NaN or infinite.</param>
    /// <param name="scale">s.</param>
    /// <param name="size">The pixels of the axis.</param>
    /// <param name="align">Where the mirrors stand.</param>
    /// <param name="mode">The padding.</param>
    /// <param name="weights">As many as the axis has pixels, or as it reads if that is known; the first ones are written.</param>
    /// <param name="slopes">The same for the derivatives; empty if they are not wanted.</param>
    public static AxisWeights<T> Weights<T>(
        T position, T scale, int size, AlignCorners align, PaddingMode mode, Span<T> weights, Span<T> slopes)
        where T : IFloatingPointIeee754<T>
    {
        var width = Width(double.CreateTruncating(scale), size, align, mode);
        if (width == 1 || !T.IsFinite(position))
            return LinearWeights(position, size, align, mode, weights, slopes);
        return mode == PaddingMode.Reflection
            ? MirroredWeights(position, width, size, align, weights, slopes)
            : ClippedWeights(position, width, size, mode, weights, slopes);
    }

    private static T Difference<T>(T before, T here, T after)
        where T : IFloatingPointIeee754<T> => (T.IsFinite(before), T.IsFinite(after)) switch
        {
            (true, true) => (after - before) * (T.One / (T.One + T.One)),
            (true, false) => here - before,
            (false, true) => after - here,
            _ => T.Zero,
        };

    // The two taps of the bilinear sampler, of a position that padding has moved.
    private static AxisWeights<T> LinearWeights<T>(
        T position, int size, AlignCorners align, PaddingMode mode, Span<T> weights, Span<T> slopes)
        where T : IFloatingPointIeee754<T>
    {
        var (place, slope) = PaddingReference.Fold(position, size, align, mode);
        if (!(place >= -T.One && place < T.CreateTruncating(size)))
            return new AxisWeights<T>(0, 0, T.One, T.Zero);
        var (cell, fraction) = (int.CreateTruncating(T.Floor(place)), place - T.Floor(place));
        var (first, last) = (Math.Max(cell, 0), Math.Min(cell + 1, size - 1));
        for (var pixel = first; pixel <= last; pixel++)
        {
            weights[pixel - first] = pixel == cell ? T.One - fraction : fraction;
            if (!slopes.IsEmpty)
                slopes[pixel - first] = pixel == cell ? -slope : slope;
        }

        if (cell < 0)
            return new AxisWeights<T>(first, 1, T.One - fraction, -slope);
        return last == cell ? new AxisWeights<T>(first, 1, fraction, slope) : new AxisWeights<T>(first, 2, T.Zero, T.Zero);
    }
}
