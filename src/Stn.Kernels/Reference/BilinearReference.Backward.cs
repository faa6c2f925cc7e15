using System.Numerics;

namespace Stn.Kernels.Reference;

/// <content>The gradients of the bilinear kernel, equations (6) and (7) of the paper.</content>
public static partial class BilinearReference
{
    /// <summary>The derivatives of the value at (<paramref name="x"/>, <paramref name="y"/>) by x and by y, per pixel.</summary>
    /// <remarks>At an integer position they are those of the cell that begins there (⌊x⌋), as in PyTorch; outside they are 0.</remarks>
    /// <param name="image">U: one plane, row by row.</param>
    /// <param name="plane">The size of the plane.</param>
    /// <param name="x">Source column in pixels.</param>
    /// <param name="y">Source row in pixels.</param>
    /// <param name="outside">The value of each tap outside.</param>
    public static (T X, T Y) Gradient<T>(ReadOnlySpan<T> image, Plane plane, T x, T y, T outside)
        where T : IFloatingPointIeee754<T>
    {
        if (!Touches(plane, x, y))
            return (T.Zero, T.Zero);

        var (left, top) = (T.Floor(x), T.Floor(y));
        var (column, row) = (int.CreateTruncating(left), int.CreateTruncating(top));
        var (right, bottom) = (x - left, y - top);
        var (nw, ne) = (Tap(image, plane, row, column, outside), Tap(image, plane, row, column + 1, outside));
        var (sw, se) = (Tap(image, plane, row + 1, column, outside), Tap(image, plane, row + 1, column + 1, outside));
        return (
            ((T.One - bottom) * (ne - nw)) + (bottom * (se - sw)),
            ((T.One - right) * (sw - nw)) + (right * (se - ne)));
    }

    /// <summary>Adds <paramref name="amount"/>, the gradient of the value at a point, to the gradient of the plane's pixels.</summary>
    /// <param name="gradient">∂U: one plane, row by row.</param>
    /// <param name="plane">The size of the plane.</param>
    /// <param name="x">Source column in pixels.</param>
    /// <param name="y">Source row in pixels.</param>
    /// <param name="amount">∂V of the point.</param>
    public static void Scatter<T>(Span<T> gradient, Plane plane, T x, T y, T amount)
        where T : IFloatingPointIeee754<T>
    {
        if (!Touches(plane, x, y))
            return;

        var (left, top) = (T.Floor(x), T.Floor(y));
        var (column, row) = (int.CreateTruncating(left), int.CreateTruncating(top));
        var (right, bottom) = (x - left, y - top);
        Add(gradient, plane, row, column, (T.One - right) * (T.One - bottom) * amount);
        Add(gradient, plane, row, column + 1, right * (T.One - bottom) * amount);
        Add(gradient, plane, row + 1, column, (T.One - right) * bottom * amount);
        Add(gradient, plane, row + 1, column + 1, right * bottom * amount);
    }

    // Whether any tap may lie inside; false for NaN too: a point without a place lies outside.
    private static bool Touches<T>(Plane plane, T x, T y)
        where T : IFloatingPointIeee754<T> =>
        x >= -T.One && x < T.CreateChecked(plane.Width) && y >= -T.One && y < T.CreateChecked(plane.Height);

    private static void Add<T>(Span<T> gradient, Plane plane, int row, int column, T amount)
        where T : IFloatingPointIeee754<T>
    {
        if ((uint)row < (uint)plane.Height && (uint)column < (uint)plane.Width)
            gradient[(row * plane.Width) + column] += amount;
    }
}
