namespace Stn.Transformations;

/// <summary>
/// Equation (1) of the paper: (xˢ, yˢ)ᵀ = [θ₁₁ θ₁₂ θ₁₃; θ₂₁ θ₂₂ θ₂₃]·(xᵗ, yᵗ, 1)ᵀ. Six parameters, row by row:
/// translation, rotation, scale and shear.
/// </summary>
public sealed class AffineTransformation : AffineFamily
{
    /// <inheritdoc/>
    public override string Name => "affine";

    /// <inheritdoc/>
    public override IReadOnlyList<double> Identity { get; } = [1, 0, 0, 0, 1, 0];

    /// <inheritdoc/>
    public override double[] Theta(PlaneMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return [matrix[0, 0], matrix[0, 1], matrix[0, 2], matrix[1, 0], matrix[1, 1], matrix[1, 2]];
    }

    /// <inheritdoc/>
    protected override Torch.Tensor MakeAffine(Torch.Tensor theta) => theta;

    /// <inheritdoc/>
    protected override PlaneMatrix MakeMatrix(ReadOnlySpan<double> theta) => new([.. theta, 0, 0, 1]);
}
