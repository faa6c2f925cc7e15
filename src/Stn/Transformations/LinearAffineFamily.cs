using Stn.Torch;

namespace Stn.Transformations;

/// <summary>
/// A family of affine maps that is linear in θ: (θ₁₁ θ₁₂ θ₁₃ θ₂₁ θ₂₂ θ₂₃) = c + Σ_p θ_p·S_p, a table S of P rows and a
/// constant c. A table is a family.
/// </summary>
public abstract class LinearAffineFamily : AffineFamily
{
    private readonly double[] _constant;
    private readonly double[][] _table;

    /// <summary>Makes the family of a table.</summary>
    /// <param name="constant">c: the six affine parameters at θ = 0.</param>
    /// <param name="table">S: for each parameter, what it adds to the six.</param>
    /// <exception cref="ArgumentException">A row does not hold six numbers.</exception>
    protected LinearAffineFamily(double[] constant, params double[][] table)
    {
        ArgumentNullException.ThrowIfNull(constant);
        ArgumentNullException.ThrowIfNull(table);
        if (constant.Length != AffineCount || Array.Exists(table, row => row.Length != AffineCount))
            throw new ArgumentException("every row of a family's table holds the six numbers of an affine map", nameof(table));
        var entries = table.Select(row => Array.FindIndex(row, value => value != 0)).ToArray();
        if (entries.Contains(-1) || entries.Distinct().Count() < entries.Length)
            throw new ArgumentException("every parameter of a family moves an affine number first that no other moves first", nameof(table));
        (_constant, _table) = (constant, table);
    }

    /// <inheritdoc/>
    public override double[] Theta(PlaneMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var theta = new double[_table.Length];
        for (var p = 0; p < theta.Length; p++)
        {
            var entry = Array.FindIndex(_table[p], value => value != 0); // no two parameters begin at the same entry
            theta[p] = (matrix[entry / 3, entry % 3] - _constant[entry]) / _table[p][entry];
        }

        return theta;
    }

    /// <inheritdoc/>
    protected override Tensor MakeAffine(Tensor theta)
    {
        ArgumentNullException.ThrowIfNull(theta);
        var table = Constants.Like(theta, [.. _table.SelectMany(row => row)], _table.Length, AffineCount);
        return theta.MatMul(table) + Constants.Like(theta, _constant, AffineCount);
    }

    /// <inheritdoc/>
    protected override PlaneMatrix MakeMatrix(ReadOnlySpan<double> theta)
    {
        Span<double> entries = [.. _constant, 0, 0, 1];
        for (var p = 0; p < theta.Length; p++)
        {
            for (var i = 0; i < AffineCount; i++)
                entries[i] += theta[p] * _table[p][i];
        }

        return new PlaneMatrix(entries);
    }
}
