using Stn.Torch;

namespace Stn.Transformations;

/// <summary>
/// A family of affine maps that is linear in θ: (θ₁₁ θ₁₂ θ₁₃ θ₂₁ θ₂₂ θ₂₃) = c + Σ_p θ_p·S_p, a table S of P rows and a
/// constant c. A table is a family.
/// </summary>
public abstract class LinearAffineFamily : AffineFamily
{
    private readonly AffineTable _table;

    /// <summary>Makes the family of a table.</summary>
    /// <param name="constant">c: the six affine parameters at θ = 0.</param>
    /// <param name="table">S: for each parameter, what it adds to the six.</param>
    /// <exception cref="ArgumentException">A row does not hold six numbers, or two parameters begin at the same one.</exception>
    protected LinearAffineFamily(double[] constant, params double[][] table) => _table = new AffineTable(AffineCount, constant, table);

    /// <inheritdoc/>
    public override double[] Theta(PlaneMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return _table.Theta(entry => matrix[entry / 3, entry % 3]);
    }

    /// <inheritdoc/>
    protected override Tensor MakeAffine(Tensor theta)
    {
        ArgumentNullException.ThrowIfNull(theta);
        return _table.At(theta);
    }

    /// <inheritdoc/>
    protected override PlaneMatrix MakeMatrix(ReadOnlySpan<double> theta) => new([.. _table.At(theta), 0, 0, 1]);
}
