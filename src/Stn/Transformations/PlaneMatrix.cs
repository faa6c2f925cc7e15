namespace Stn.Transformations;

/// <summary>
/// A map of the plane as a 3×3 matrix in homogeneous coordinates, in plain numbers: (u, v, w)ᵀ = H·(x, y, 1)ᵀ, and the point
/// goes to (u/w, v/w). The last row of an affine map is (0, 0, 1).
/// </summary>
/// <remarks>Convention: as θ, it maps target to source, both normalised, x before y. A product applies its right side first.</remarks>
public sealed class PlaneMatrix
{
    private readonly double[,] _h;

    /// <summary>The matrix of nine entries.</summary>
    /// <exception cref="ArgumentException">They are not nine.</exception>
    /// <param name="entries">Row by row.</param>
    public PlaneMatrix(params ReadOnlySpan<double> entries)
    {
        if (entries.Length != 9)
            throw new ArgumentException($"a map of the plane has 9 entries, got {entries.Length}", nameof(entries));
        _h = new double[3, 3];
        for (var i = 0; i < entries.Length; i++)
            _h[i / 3, i % 3] = entries[i];
    }

    /// <summary>The entry of a row and a column, both from 0.</summary>
    public double this[int row, int column] => _h[row, column];

    /// <summary>The map that applies <paramref name="right"/> first.</summary>
    public static PlaneMatrix operator *(PlaneMatrix left, PlaneMatrix right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        Span<double> product = stackalloc double[9];
        for (var i = 0; i < product.Length; i++)
        {
            var (row, column) = (i / 3, i % 3);
            product[i] = (left[row, 0] * right[0, column]) + (left[row, 1] * right[1, column]) + (left[row, 2] * right[2, column]);
        }

        return new PlaneMatrix(product);
    }

    /// <inheritdoc cref="op_Multiply(PlaneMatrix, PlaneMatrix)"/>
    public static PlaneMatrix Multiply(PlaneMatrix left, PlaneMatrix right) => left * right;

    /// <summary>The image of a point; NaN on or behind the horizon, w ≤ <see cref="ProjectiveTransformation.Horizon"/>.</summary>
    public NormalizedPoint Map(NormalizedPoint point)
    {
        var w = (_h[2, 0] * point.X) + (_h[2, 1] * point.Y) + _h[2, 2];
        return w > ProjectiveTransformation.Horizon
            ? new NormalizedPoint(
                ((_h[0, 0] * point.X) + (_h[0, 1] * point.Y) + _h[0, 2]) / w,
                ((_h[1, 0] * point.X) + (_h[1, 1] * point.Y) + _h[1, 2]) / w)
            : new NormalizedPoint(double.NaN, double.NaN);
    }

    /// <summary>The map that undoes this one, scaled so that it belongs to the same family: its last entry is 1.</summary>
    /// <exception cref="ArithmeticException">There is none: the map folds the plane to a line or a point, or sends the origin to infinity.</exception>
    public PlaneMatrix Inverse()
    {
        var last = Minor(0, 0, 1, 1);
        var determinant = (_h[0, 0] * Minor(1, 1, 2, 2)) - (_h[0, 1] * Minor(1, 0, 2, 2)) + (_h[0, 2] * Minor(1, 0, 2, 1));
        if (determinant == 0 || last == 0)
            throw new ArithmeticException($"a map of determinant {determinant} whose affine part has {last} has no inverse in its family");
        return new PlaneMatrix(
            Minor(1, 1, 2, 2) / last, -Minor(0, 1, 2, 2) / last, Minor(0, 1, 1, 2) / last,
            -Minor(1, 0, 2, 2) / last, Minor(0, 0, 2, 2) / last, -Minor(0, 0, 1, 2) / last,
            Minor(1, 0, 2, 1) / last, -Minor(0, 0, 2, 1) / last, 1);
    }

    // The determinant of the 2×2 matrix between two opposite corners.
    private double Minor(int top, int left, int bottom, int right) =>
        (_h[top, left] * _h[bottom, right]) - (_h[top, right] * _h[bottom, left]);
}
