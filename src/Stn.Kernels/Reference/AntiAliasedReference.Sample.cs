using System.Numerics;

namespace Stn.Kernels.Reference;

/// <content>Sampling of one plane. A tap is outside where its column or its row is.</content>
public static partial class AntiAliasedReference
{
    /// <summary>The value at pixel position (<paramref name="x"/>, <paramref name="y"/>).</summary>
    /// <param name="image">U: one plane, row by row.</param>
    /// <param name="plane">The size of the plane.</param>
    /// <param name="x">Source column in pixels; may lie outside, be NaN or infinite.</param>
    /// <param name="y">Source row, likewise.</param>
    /// <param name="scaleX">The local <see cref="Scale"/> along x.</param>
    /// <param name="scaleY">The local scale along y.</param>
    /// <param name="align">Where the mirrors of reflection padding stand.</param>
    /// <param name="padding">What taps outside read.</param>
    public static T Sample<T>(
        ReadOnlySpan<T> image, Plane plane, T x, T y, T scaleX, T scaleY, AlignCorners align, Padding padding)
        where T : IFloatingPointIeee754<T>
    {
        var column = Axis(x, scaleX, plane.Width, align, padding.Mode);
        var row = Axis(y, scaleY, plane.Height, align, padding.Mode);
        var value = Combine(image, plane, column, column.Weights, row, row.Weights);
        return WithConstant(value, Share(column.Read.Outside, row.Read.Outside), padding);
    }

    /// <summary>The derivatives of the value by x and y, per pixel, at constant scales.</summary>
    /// <inheritdoc cref="Sample" path="/param"/>
    public static (T X, T Y) Gradient<T>(
        ReadOnlySpan<T> image, Plane plane, T x, T y, T scaleX, T scaleY, AlignCorners align, Padding padding)
        where T : IFloatingPointIeee754<T>
    {
        var column = Axis(x, scaleX, plane.Width, align, padding.Mode);
        var row = Axis(y, scaleY, plane.Height, align, padding.Mode);
        return (
            WithConstant(
                Combine(image, plane, column, column.Slopes, row, row.Weights),
                column.Read.OutsideSlope * (T.One - row.Read.Outside), padding),
            WithConstant(
                Combine(image, plane, column, column.Weights, row, row.Slopes),
                row.Read.OutsideSlope * (T.One - column.Read.Outside), padding));
    }

    /// <summary>Adds <paramref name="amount"/>, the gradient of the value at a point, to the gradient of the plane's pixels.</summary>
    /// <param name="gradient">∂U: one plane, row by row.</param>
    /// <param name="plane">The size of the plane.</param>
    /// <param name="x">Source column in pixels.</param>
    /// <param name="y">Source row in pixels.</param>
    /// <param name="scaleX">The local <see cref="Scale"/> along x.</param>
    /// <param name="scaleY">The local scale along y.</param>
    /// <param name="align">Where the mirrors of reflection padding stand.</param>
    /// <param name="padding">What taps outside read.</param>
    /// <param name="amount">∂V of the point.</param>
    public static void Scatter<T>(
        Span<T> gradient, Plane plane, T x, T y, T scaleX, T scaleY, AlignCorners align, Padding padding, T amount)
        where T : IFloatingPointIeee754<T>
    {
        var column = Axis(x, scaleX, plane.Width, align, padding.Mode);
        var row = Axis(y, scaleY, plane.Height, align, padding.Mode);
        for (var j = 0; j < row.Read.Count; j++)
        {
            for (var i = 0; i < column.Read.Count; i++)
                gradient[((row.Read.First + j) * plane.Width) + column.Read.First + i] += column.Weights[i] * row.Weights[j] * amount;
        }
    }

    /// <summary>The share of the constant outside in a value: 1 minus both axes' shares of what is inside.</summary>
    internal static T Share<T>(T outsideX, T outsideY)
        where T : IFloatingPointIeee754<T> => outsideX + (outsideY * (T.One - outsideX));

    // A share of 0 leaves the constant out, were it infinite.
    private static T WithConstant<T>(T value, T share, Padding padding)
        where T : IFloatingPointIeee754<T> => share == T.Zero ? value : value + (share * T.CreateTruncating(padding.Value));

    private static T Combine<T>(
        ReadOnlySpan<T> image, Plane plane, in AxisTable<T> column, T[] across, in AxisTable<T> row, T[] down)
        where T : IFloatingPointIeee754<T>
    {
        var value = T.Zero;
        for (var j = 0; j < row.Read.Count; j++)
        {
            var sum = T.Zero;
            for (var i = 0; i < column.Read.Count; i++)
                sum += across[i] * image[((row.Read.First + j) * plane.Width) + column.Read.First + i];
            value += down[j] * sum;
        }

        return value;
    }

    private static AxisTable<T> Axis<T>(T position, T scale, int size, AlignCorners align, PaddingMode mode)
        where T : IFloatingPointIeee754<T>
    {
        var (weights, slopes) = (new T[size], new T[size]);
        return new AxisTable<T>(Weights(position, scale, size, align, mode, weights, slopes), weights, slopes);
    }

    private readonly record struct AxisTable<T>(AxisWeights<T> Read, T[] Weights, T[] Slopes);
}
