namespace Stn.Transformations;

/// <summary>
/// Equation (1) of the paper in space: (xˢ, yˢ, zˢ)ᵀ = θ·(xᵗ, yᵗ, zᵗ, 1)ᵀ with θ a 3×4 matrix. Twelve parameters, row by row:
/// translation, rotation, scale and shear.
/// </summary>
public sealed class AffineTransformation3D : AffineFamily3D
{
    /// <inheritdoc/>
    public override string Name => "affine-3d";

    /// <inheritdoc/>
    public override IReadOnlyList<double> Identity { get; } = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0];

    /// <inheritdoc/>
    public override double[] Theta(SpaceMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return [.. Enumerable.Range(0, AffineCount).Select(i => matrix[i / 4, i % 4])];
    }

    /// <inheritdoc/>
    protected override Torch.Tensor MakeAffine(Torch.Tensor theta) => theta;

    /// <inheritdoc/>
    protected override SpaceMatrix MakeMatrix(ReadOnlySpan<double> theta) => new(theta);
}
