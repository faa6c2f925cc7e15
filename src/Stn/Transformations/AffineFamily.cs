using Stn.Kernels;
using Stn.Torch;

namespace Stn.Transformations;

/// <summary>The families inside the affine one: each says how its θ makes the six affine parameters, and the rest is shared.</summary>
public abstract class AffineFamily : MatrixTransformation
{
    /// <summary>The number of parameters of <see cref="AffineTransformation"/>.</summary>
    internal const int AffineCount = 6;

    /// <summary>The six parameters of <see cref="AffineTransformation"/>: [θ₁₁ θ₁₂ θ₁₃; θ₂₁ θ₂₂ θ₂₃] row by row.</summary>
    /// <param name="theta">θ, shape (N, P).</param>
    /// <returns>Shape (N, 6). Differentiable in θ.</returns>
    /// <exception cref="ArgumentException"><paramref name="theta"/> is not (N, P).</exception>
    public Tensor ToAffine(Tensor theta)
    {
        ArgumentNullException.ThrowIfNull(theta);
        RequireShape(theta);
        using var scope = new TensorScope();
        return scope.Keep(MakeAffine(theta));
    }

    /// <summary><see cref="ToAffine"/>, after the check of its argument; what it makes on the way is freed by the caller.</summary>
    protected abstract Tensor MakeAffine(Tensor theta);

    /// <inheritdoc/>
    protected override Tensor MakeGrid(Tensor theta, Plane target, AlignCorners align) => GridOf(MakeAffine(theta), target, align);

    /// <summary>libtorch's grid of (N, 6) affine parameters.</summary>
    internal static Tensor GridOf(Tensor affine, Plane target, AlignCorners align) => Functional.AffineGrid(
        affine.Reshape(affine.Size(0), 2, 3), [affine.Size(0), 1, target.Height, target.Width], align == AlignCorners.True);
}
