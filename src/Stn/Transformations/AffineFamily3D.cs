using Stn.Kernels;
using Stn.Torch;

namespace Stn.Transformations;

/// <summary>
/// The families inside the affine one of volumes: each says how its θ makes the twelve affine parameters, and the rest is shared.
/// They are matrices and form groups: each member has an inverse, and two in a row are one again.
/// </summary>
public abstract class AffineFamily3D : Transformation3D
{
    /// <summary>The number of parameters of <see cref="AffineTransformation3D"/>.</summary>
    internal const int AffineCount = 12;

    /// <summary>The twelve parameters of <see cref="AffineTransformation3D"/>: a 3×4 matrix row by row.</summary>
    /// <param name="theta">θ, shape (N, P).</param>
    /// <returns>Shape (N, 12). Differentiable in θ.</returns>
    /// <exception cref="ArgumentException"><paramref name="theta"/> is not (N, P).</exception>
    public Tensor ToAffine(Tensor theta)
    {
        ArgumentNullException.ThrowIfNull(theta);
        RequireShape(theta);
        using var scope = new TensorScope();
        return scope.Keep(MakeAffine(theta));
    }

    /// <summary>T_θ as a matrix, target to source, in plain numbers.</summary>
    /// <param name="theta">P numbers.</param>
    /// <exception cref="ArgumentException"><paramref name="theta"/> does not hold P numbers.</exception>
    public SpaceMatrix Matrix(ReadOnlySpan<double> theta)
    {
        RequireCount(theta);
        return MakeMatrix(theta);
    }

    /// <summary>The parameters of a matrix that belongs to the family: what <see cref="Matrix"/> was made from.</summary>
    /// <param name="matrix">A matrix of the family; entries that the family does not have are not looked at.</param>
    public abstract double[] Theta(SpaceMatrix matrix);

    /// <summary>The parameters that map back: source to target.</summary>
    /// <param name="theta">P numbers.</param>
    /// <exception cref="ArithmeticException">T_θ has no inverse.</exception>
    public double[] Inverse(ReadOnlySpan<double> theta) => Theta(Matrix(theta).Inverse());

    /// <summary>The parameters of both maps in one, so that a volume is sampled once: T_outer(T_inner(·)).</summary>
    /// <remarks>Reading V₂ = V₁(T_inner) where V₁ = U(T_outer) is reading U(T_outer∘T_inner).</remarks>
    /// <param name="outer">P numbers, applied last.</param>
    /// <param name="inner">P numbers, applied first.</param>
    public double[] Compose(ReadOnlySpan<double> outer, ReadOnlySpan<double> inner) => Theta(Matrix(outer) * Matrix(inner));

    /// <summary><see cref="ToAffine"/>, after the check of its argument; what it makes on the way is freed by the caller.</summary>
    protected abstract Tensor MakeAffine(Tensor theta);

    /// <summary><see cref="Matrix"/>, after the check of its argument.</summary>
    protected abstract SpaceMatrix MakeMatrix(ReadOnlySpan<double> theta);

    /// <inheritdoc/>
    protected override Tensor MakeGrid(Tensor theta, Volume target, AlignCorners align) => GridOf(MakeAffine(theta), target, align);

    /// <inheritdoc/>
    protected override NormalizedPoint3D MapPoint(ReadOnlySpan<double> theta, NormalizedPoint3D target) => MakeMatrix(theta).Map(target);

    /// <summary>libtorch's grid of (N, 12) affine parameters.</summary>
    internal static Tensor GridOf(Tensor affine, Volume target, AlignCorners align) => Functional.AffineGrid(
        affine.Reshape(affine.Size(0), 3, 4), [affine.Size(0), 1, target.Depth, target.Height, target.Width], align == AlignCorners.True);
}
