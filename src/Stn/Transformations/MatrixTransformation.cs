namespace Stn.Transformations;

/// <summary>A family whose members are matrices and form a group: each has an inverse, and two in a row are one again.</summary>
public abstract class MatrixTransformation : Transformation
{
    /// <summary>T_θ as a matrix, target to source, in plain numbers.</summary>
    /// <param name="theta">P numbers.</param>
    /// <exception cref="ArgumentException"><paramref name="theta"/> does not hold P numbers.</exception>
    public PlaneMatrix Matrix(ReadOnlySpan<double> theta)
    {
        RequireCount(theta);
        return MakeMatrix(theta);
    }

    /// <summary>The parameters of a matrix that belongs to the family: what <see cref="Matrix"/> was made from.</summary>
    /// <param name="matrix">A matrix of the family; entries that the family does not have are not looked at.</param>
    public abstract double[] Theta(PlaneMatrix matrix);

    /// <summary>The parameters that map back: source to target.</summary>
    /// <param name="theta">P numbers.</param>
    /// <exception cref="ArithmeticException">T_θ has no inverse.</exception>
    public double[] Inverse(ReadOnlySpan<double> theta) => Theta(Matrix(theta).Inverse());

    /// <summary>The parameters of both maps in one, so that an image is sampled once: T_outer(T_inner(·)).</summary>
    /// <remarks>Reading V₂ = V₁(T_inner) where V₁ = U(T_outer) is reading U(T_outer∘T_inner).</remarks>
    /// <param name="outer">P numbers, applied last.</param>
    /// <param name="inner">P numbers, applied first.</param>
    public double[] Compose(ReadOnlySpan<double> outer, ReadOnlySpan<double> inner) => Theta(Matrix(outer) * Matrix(inner));

    /// <summary><see cref="Matrix"/>, after the check of its argument.</summary>
    protected abstract PlaneMatrix MakeMatrix(ReadOnlySpan<double> theta);

    /// <inheritdoc/>
    protected override NormalizedPoint MapPoint(ReadOnlySpan<double> theta, NormalizedPoint target) => MakeMatrix(theta).Map(target);
}
