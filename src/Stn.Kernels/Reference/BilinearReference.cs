using System.Numerics;

namespace Stn.Kernels.Reference;

/// <summary>
/// Bilinear sampling of one plane, written as the formula stands (equation (5) of the paper, zeros outside): the
/// specification of every faster form, and the form whose bits are the same on every machine.
/// </summary>
public static partial class BilinearReference
{
    /// <inheritdoc cref="Sample{T}(ReadOnlySpan{T}, Plane, T, T, T)"/>
    public static T Sample<T>(ReadOnlySpan<T> image, Plane plane, T x, T y)
        where T : IFloatingPointIeee754<T> => Sample(image, plane, x, y, T.Zero);

    /// <summary>The value of <paramref name="image"/> at pixel position (<paramref name="x"/>, <paramref name="y"/>).</summary>
    /// <param name="image">U: one plane, row by row.</param>
    /// <param name="plane">The size of the plane.</param>
    /// <param name="x">Source column in pixels; may lie outside, may be NaN or infinite (then the value is <paramref name="outside"/>).</param>
    /// <param name="y">Source row in pixels, likewise.</param>
    /// <param name="outside">The value of each tap outside the plane.</param>
    public static T Sample<T>(ReadOnlySpan<T> image, Plane plane, T x, T y, T outside)
        where T : IFloatingPointIeee754<T>
    {
        if (!Touches(plane, x, y))
            return outside;

        var (left, top) = (T.Floor(x), T.Floor(y));
        var (column, row) = (int.CreateTruncating(left), int.CreateTruncating(top));
        var (right, bottom) = (x - left, y - top);
        var upper = ((T.One - right) * Tap(image, plane, row, column, outside)) + (right * Tap(image, plane, row, column + 1, outside));
        var lower = ((T.One - right) * Tap(image, plane, row + 1, column, outside)) + (right * Tap(image, plane, row + 1, column + 1, outside));
        return ((T.One - bottom) * upper) + (bottom * lower);
    }

    /// <summary>Warps one plane by the affine map θ: V(target) = U(θ·target), equations (1) and (5).</summary>
    /// <param name="image">U: one plane of size <paramref name="source"/>.</param>
    /// <param name="source">The size of U.</param>
    /// <param name="theta">θ, row by row: 2×3 numbers, target to source, both normalised, x before y.</param>
    /// <param name="align">The convention of both grids.</param>
    /// <param name="target">The size of V.</param>
    /// <param name="output">V, written in full.</param>
    /// <exception cref="ArgumentException">A span is shorter than its size says.</exception>
    public static void Affine<T>(
        ReadOnlySpan<T> image, Plane source, ReadOnlySpan<T> theta, AlignCorners align, Plane target, Span<T> output)
        where T : IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(theta.Length, 6);
        ArgumentOutOfRangeException.ThrowIfLessThan(image.Length, source.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(output.Length, target.Length);
        for (var row = 0; row < target.Height; row++)
        {
            var y = Coordinates.OfPixel<T>(row, target.Height, align);
            for (var column = 0; column < target.Width; column++)
            {
                var x = Coordinates.OfPixel<T>(column, target.Width, align);
                var sourceX = (theta[0] * x) + (theta[1] * y) + theta[2];
                var sourceY = (theta[3] * x) + (theta[4] * y) + theta[5];
                output[(row * target.Width) + column] = Sample(
                    image, source,
                    Coordinates.ToPixel(sourceX, source.Width, align), Coordinates.ToPixel(sourceY, source.Height, align));
            }
        }
    }

    private static T Tap<T>(ReadOnlySpan<T> image, Plane plane, int row, int column, T outside)
        where T : IFloatingPointIeee754<T> =>
        (uint)row < (uint)plane.Height && (uint)column < (uint)plane.Width ? image[(row * plane.Width) + column] : outside;
}
