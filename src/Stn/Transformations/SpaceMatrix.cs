namespace Stn.Transformations;

/// <summary>
/// An affine map of space as a 4×4 matrix in homogeneous coordinates, in plain numbers: (x, y, z, 1)ᵀ goes to M·(x, y, z, 1)ᵀ. The
/// last row is (0, 0, 0, 1).
/// </summary>
/// <remarks>Convention: as θ, it maps target to source, both normalised, x before y before z. A product applies its right side first.</remarks>
public sealed class SpaceMatrix
{
    private const int Rows = 3;
    private const int Columns = 4;
    private readonly double[,] _m = new double[Columns, Columns];

    /// <summary>The matrix of the twelve entries above its last row.</summary>
    /// <exception cref="ArgumentException">They are not twelve.</exception>
    /// <param name="entries">3×4, row by row.</param>
    public SpaceMatrix(params ReadOnlySpan<double> entries)
    {
        if (entries.Length != Rows * Columns)
            throw new ArgumentException($"an affine map of space has 12 entries, got {entries.Length}", nameof(entries));
        for (var i = 0; i < entries.Length; i++)
            _m[i / Columns, i % Columns] = entries[i];
        _m[Rows, Rows] = 1;
    }

    /// <summary>The entry of a row and a column, both from 0 to 3.</summary>
    public double this[int row, int column] => _m[row, column];

    /// <summary>The map that applies <paramref name="right"/> first.</summary>
    public static SpaceMatrix operator *(SpaceMatrix left, SpaceMatrix right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        Span<double> product = stackalloc double[Rows * Columns];
        for (var i = 0; i < product.Length; i++)
        {
            for (var k = 0; k < Columns; k++)
                product[i] += left[i / Columns, k] * right[k, i % Columns];
        }

        return new SpaceMatrix(product);
    }

    /// <inheritdoc cref="op_Multiply(SpaceMatrix, SpaceMatrix)"/>
    public static SpaceMatrix Multiply(SpaceMatrix left, SpaceMatrix right) => left * right;

    /// <summary>The image of a point.</summary>
    public NormalizedPoint3D Map(NormalizedPoint3D point)
    {
        return new NormalizedPoint3D(Row(0), Row(1), Row(2));

        double Row(int row) => (_m[row, 0] * point.X) + (_m[row, 1] * point.Y) + (_m[row, 2] * point.Z) + _m[row, 3];
    }

    /// <summary>The map that undoes this one.</summary>
    /// <exception cref="ArithmeticException">There is none: the map folds space to a plane, a line or a point.</exception>
    public SpaceMatrix Inverse()
    {
        var determinant = (_m[0, 0] * Cofactor(0, 0)) + (_m[0, 1] * Cofactor(0, 1)) + (_m[0, 2] * Cofactor(0, 2));
        if (determinant == 0)
            throw new ArithmeticException("a map of space whose determinant is 0 has no inverse");
        Span<double> inverse = stackalloc double[Rows * Columns];
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Rows; column++)
            {
                var entry = Cofactor(column, row) / determinant;
                inverse[(row * Columns) + column] = entry;
                inverse[(row * Columns) + Rows] -= entry * _m[column, Rows];
            }
        }

        return new SpaceMatrix(inverse);
    }

    // Of the 3×3 part; counting rows and columns in a circle gives the sign.
    private double Cofactor(int row, int column)
    {
        var (below, lower, right, farther) = ((row + 1) % Rows, (row + 2) % Rows, (column + 1) % Rows, (column + 2) % Rows);
        return (_m[below, right] * _m[lower, farther]) - (_m[below, farther] * _m[lower, right]);
    }
}
