using Stn.Torch;

namespace Stn.Transformations;

/// <summary>
/// A family of affine maps of space that is linear in θ: its twelve numbers are c + Σ_p θ_p·S_p, a table S of P rows and a
/// constant c. A table is a family.
/// </summary>
public abstract class LinearAffineFamily3D : AffineFamily3D
{
    private readonly AffineTable _table;

    /// <summary>Makes the family of a table.</summary>
    /// <param name="constant">c: the twelve affine parameters at θ = 0.</param>
    /// <param name="table">S: for each parameter, what it adds to the twelve.</param>
    /// <exception cref="ArgumentException">A row does not hold twelve numbers, or two parameters begin at the same one.</exception>
    protected LinearAffineFamily3D(double[] constant, params double[][] table) => _table = new AffineTable(AffineCount, constant, table);

    /// <inheritdoc/>
    public override double[] Theta(SpaceMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return _table.Theta(entry => matrix[entry / 4, entry % 4]);
    }

    /// <inheritdoc/>
    protected override Tensor MakeAffine(Tensor theta)
    {
        ArgumentNullException.ThrowIfNull(theta);
        return _table.At(theta);
    }

    /// <inheritdoc/>
    protected override SpaceMatrix MakeMatrix(ReadOnlySpan<double> theta) => new(_table.At(theta));
}
