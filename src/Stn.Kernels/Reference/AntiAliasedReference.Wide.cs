using System.Numerics;

namespace Stn.Kernels.Reference;

/// <content>Kernels wider than the bilinear one.</content>
public static partial class AntiAliasedReference
{
    // Constant and border padding. A tap where the kernel has just become 0 counts: its derivative is that of the position above.
    private static AxisWeights<T> ClippedWeights<T>(
        T position, double width, int size, PaddingMode mode, Span<T> weights, Span<T> slopes)
        where T : IFloatingPointIeee754<T>
    {
        var place = double.CreateTruncating(position);
        var (low, high) = (Math.Floor(place - width) + 1, Math.Floor(place + width));
        var (first, last) = ((int)Math.Clamp(low, 0, size), (int)Math.Clamp(high, -1, size - 1));
        var (sum, change) = (T.Zero, T.Zero);
        for (var pixel = first; pixel <= last; pixel++)
        {
            var (weight, slope) = Triangle(pixel, position, width);
            weights[pixel - first] = weight;
            sum += weight;
            change += slope;
            if (!slopes.IsEmpty)
                slopes[pixel - first] = slope;
        }

        if (!(sum > T.Zero))
            return Beyond(place, size, mode, weights, slopes);
        var count = last - first + 1;
        var partly = mode == PaddingMode.Constant && (low < first || high > last);
        var (total, changeOfTotal) = partly ? Total<T>(place, width) : (sum, change);
        Normalise(weights[..count], slopes, total, changeOfTotal, T.One);
        return partly
            ? new AxisWeights<T>(
                first, count, T.Max(T.Zero, T.One - (sum / total)), ((sum / total * changeOfTotal) - change) / total)
            : new AxisWeights<T>(first, count, T.Zero, T.Zero);
    }

    private static AxisWeights<T> Beyond<T>(double place, int size, PaddingMode mode, Span<T> weights, Span<T> slopes)
        where T : IFloatingPointIeee754<T>
    {
        if (mode == PaddingMode.Constant)
            return new AxisWeights<T>(0, 0, T.One, T.Zero);
        weights[0] = T.One;
        if (!slopes.IsEmpty)
            slopes[0] = T.Zero;
        return new AxisWeights<T>(place > 0 ? size - 1 : 0, 1, T.Zero, T.Zero);
    }

    // Several taps of a wide kernel may read the same pixel of a mirrored image.
    private static AxisWeights<T> MirroredWeights<T>(
        T position, double width, int size, AlignCorners align, Span<T> weights, Span<T> slopes)
        where T : IFloatingPointIeee754<T>
    {
        var (mirrored, direction) = PaddingReference.Mirror(position, size, align);
        var place = double.CreateTruncating(mirrored);
        var (low, high) = ((int)Math.Floor(place - width) + 1, (int)Math.Floor(place + width));
        var (first, last) = (size - 1, 0);
        for (var tap = low; tap <= high; tap++)
        {
            var pixel = PaddingReference.Fold(tap, size, align, PaddingMode.Reflection);
            (first, last) = (Math.Min(first, pixel), Math.Max(last, pixel));
        }

        var count = last - first + 1;
        weights[..count].Clear();
        slopes[..(slopes.IsEmpty ? 0 : count)].Clear();
        var (sum, change) = (T.Zero, T.Zero);
        for (var tap = low; tap <= high; tap++)
        {
            var pixel = PaddingReference.Fold(tap, size, align, PaddingMode.Reflection) - first;
            var (weight, slope) = Triangle(tap, mirrored, width);
            weights[pixel] += weight;
            sum += weight;
            change += slope;
            if (!slopes.IsEmpty)
                slopes[pixel] += slope;
        }

        Normalise(weights[..count], slopes, sum, change, direction);
        return new AxisWeights<T>(first, count, T.Zero, T.Zero);
    }

    private static (T Weight, T Slope) Triangle<T>(int pixel, T position, double width)
        where T : IFloatingPointIeee754<T>
    {
        var (distance, inverse) = (T.CreateTruncating(pixel) - position, T.One / T.CreateTruncating(width));
        return (T.Max(T.Zero, T.One - (T.Abs(distance) * inverse)), distance > T.Zero ? inverse : -inverse);
    }

    // The derivative of w/total is (w' − w/total·total')/total.
    private static void Normalise<T>(Span<T> weights, Span<T> slopes, T total, T change, T direction)
        where T : IFloatingPointIeee754<T>
    {
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] /= total;
            if (!slopes.IsEmpty)
                slopes[i] = direction * ((slopes[i] - (weights[i] * change)) / total);
        }
    }

    // Σ k and its derivative over all pixels of the plane, there or not: an arithmetic series on each side of the position.
    private static (T Sum, T Change) Total<T>(double place, double width)
        where T : IFloatingPointIeee754<T>
    {
        var fraction = place - Math.Floor(place);
        var (left, right) = (Math.Ceiling(width - fraction), Math.Floor(width - 1 + fraction) + 1);
        return (
            T.CreateTruncating(Series(left, fraction) + Series(right, 1 - fraction)), T.CreateTruncating((right - left) / width));

        double Series(double count, double nearest) => count - (((count * nearest) + (count * (count - 1) / 2)) / width);
    }
}
