using System.Numerics;

namespace Stn.Kernels.Reference;

/// <content>Bicubic sampling of one plane over 4×4 taps, each padded on its own, as in PyTorch.</content>
public static partial class CubicReference
{
    private const int Taps = 4;

    /// <summary>The value at pixel position (<paramref name="x"/>, <paramref name="y"/>).</summary>
    /// <param name="image">U: one plane, row by row.</param>
    /// <param name="plane">The size of the plane.</param>
    /// <param name="x">Source column in pixels; may lie outside, be NaN or infinite.</param>
    /// <param name="y">Source row, likewise.</param>
    /// <param name="slope">A.</param>
    /// <param name="align">Where the mirrors of reflection padding stand.</param>
    /// <param name="padding">What taps outside read.</param>
    public static T Sample<T>(
        ReadOnlySpan<T> image, Plane plane, T x, T y, T slope, AlignCorners align, Padding padding)
        where T : IFloatingPointIeee754<T>
    {
        var (column, row) = (Place(x, plane.Width, align, padding.Mode), Place(y, plane.Height, align, padding.Mode));
        Span<T> across = [T.Zero, T.Zero, T.Zero, T.Zero], down = [T.Zero, T.Zero, T.Zero, T.Zero];
        Weights(column.Fraction, slope, across);
        Weights(row.Fraction, slope, down);
        return Combine(image, plane, column.Cell, row.Cell, across, down, align, padding);
    }

    /// <summary>The derivatives of the value by x and y, per pixel.</summary>
    /// <inheritdoc cref="Sample" path="/param"/>
    public static (T X, T Y) Gradient<T>(
        ReadOnlySpan<T> image, Plane plane, T x, T y, T slope, AlignCorners align, Padding padding)
        where T : IFloatingPointIeee754<T>
    {
        var (column, row) = (Place(x, plane.Width, align, padding.Mode), Place(y, plane.Height, align, padding.Mode));
        Span<T> across = [T.Zero, T.Zero, T.Zero, T.Zero], down = [T.Zero, T.Zero, T.Zero, T.Zero];
        Span<T> slopeAcross = [T.Zero, T.Zero, T.Zero, T.Zero], slopeDown = [T.Zero, T.Zero, T.Zero, T.Zero];
        Weights(column.Fraction, slope, across);
        Weights(row.Fraction, slope, down);
        Derivatives(column.Fraction, slope, slopeAcross);
        Derivatives(row.Fraction, slope, slopeDown);
        return (
            column.Slope * Combine(image, plane, column.Cell, row.Cell, slopeAcross, down, align, padding),
            row.Slope * Combine(image, plane, column.Cell, row.Cell, across, slopeDown, align, padding));
    }

    /// <summary>Adds <paramref name="amount"/>, the gradient of the value at a point, to the gradient of the plane's pixels.</summary>
    /// <param name="gradient">∂U: one plane, row by row.</param>
    /// <param name="plane">The size of the plane.</param>
    /// <param name="x">Source column in pixels.</param>
    /// <param name="y">Source row in pixels.</param>
    /// <param name="slope">A.</param>
    /// <param name="align">Where the mirrors of reflection padding stand.</param>
    /// <param name="padding">What taps outside read.</param>
    /// <param name="amount">∂V of the point.</param>
    public static void Scatter<T>(
        Span<T> gradient, Plane plane, T x, T y, T slope, AlignCorners align, Padding padding, T amount)
        where T : IFloatingPointIeee754<T>
    {
        var (column, row) = (Place(x, plane.Width, align, padding.Mode), Place(y, plane.Height, align, padding.Mode));
        Span<T> across = [T.Zero, T.Zero, T.Zero, T.Zero], down = [T.Zero, T.Zero, T.Zero, T.Zero];
        Weights(column.Fraction, slope, across);
        Weights(row.Fraction, slope, down);
        for (var j = 0; j < Taps; j++)
        {
            var toRow = PaddingReference.Fold(row.Cell - 1 + j, plane.Height, align, padding.Mode);
            for (var i = 0; i < Taps; i++)
            {
                var toColumn = PaddingReference.Fold(column.Cell - 1 + i, plane.Width, align, padding.Mode);
                if ((toRow | toColumn) >= 0)
                    gradient[(toRow * plane.Width) + toColumn] += across[i] * down[j] * amount;
            }
        }
    }

    /// <summary>
    /// The cell and the fraction of a position, moved next to the image where all its taps stay the same: beyond three
    /// pixels outside they are all padding, and a mirrored image repeats itself. The slope is 0 for a position that is no place.
    /// </summary>
    internal static (int Cell, T Fraction, T Slope) Place<T>(T position, int size, AlignCorners align, PaddingMode mode)
        where T : IFloatingPointIeee754<T>
    {
        var slope = T.IsFinite(position) ? T.One : T.Zero;
        if (mode == PaddingMode.Reflection)
        {
            position = T.IsFinite(position) ? position % T.CreateTruncating(PaddingReference.Period(size, align)) : T.Zero;
        }
        else
        {
            position = position > T.CreateTruncating(-3) ? position : T.CreateTruncating(-3);
            position = T.Min(position, T.CreateTruncating(size + 1));
        }

        var cell = T.Floor(position);
        return (int.CreateTruncating(cell), position - cell, slope);
    }

    private static T Combine<T>(
        ReadOnlySpan<T> image, Plane plane, int column, int row, ReadOnlySpan<T> across, ReadOnlySpan<T> down,
        AlignCorners align, Padding padding)
        where T : IFloatingPointIeee754<T>
    {
        var value = T.Zero;
        for (var j = 0; j < Taps; j++)
        {
            var fromRow = PaddingReference.Fold(row - 1 + j, plane.Height, align, padding.Mode);
            var sum = T.Zero;
            for (var i = 0; i < Taps; i++)
            {
                var fromColumn = PaddingReference.Fold(column - 1 + i, plane.Width, align, padding.Mode);
                sum += across[i] * ((fromRow | fromColumn) >= 0
                    ? image[(fromRow * plane.Width) + fromColumn]
                    : T.CreateTruncating(padding.Value));
            }

            value += down[j] * sum;
        }

        return value;
    }
}
