using Stn.Kernels;
using Stn.Torch;

namespace Stn.Transformations;

/// <summary>
/// Equation (1) of the paper: (xˢ, yˢ)ᵀ = [θ₁₁ θ₁₂ θ₁₃; θ₂₁ θ₂₂ θ₂₃]·(xᵗ, yᵗ, 1)ᵀ. Six parameters, row by row:
/// translation, rotation, scale and shear.
/// </summary>
public sealed class AffineTransformation : Transformation
{
    /// <inheritdoc/>
    public override string Name => "affine";

    /// <inheritdoc/>
    public override IReadOnlyList<double> Identity { get; } = [1, 0, 0, 0, 1, 0];

    /// <inheritdoc/>
    protected override Tensor MakeGrid(Tensor theta, Plane target, AlignCorners align)
    {
        ArgumentNullException.ThrowIfNull(theta);
        using var matrix = theta.Reshape(-1, 2, 3);
        return Functional.AffineGrid(matrix, [theta.Size(0), 1, target.Height, target.Width], align == AlignCorners.True);
    }

    /// <inheritdoc/>
    protected override NormalizedPoint MapPoint(ReadOnlySpan<double> theta, NormalizedPoint target) => new(
        (theta[0] * target.X) + (theta[1] * target.Y) + theta[2],
        (theta[3] * target.X) + (theta[4] * target.Y) + theta[5]);
}
