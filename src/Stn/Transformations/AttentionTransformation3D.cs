namespace Stn.Transformations;

/// <summary>
/// Equation (2) of the paper in space: (xˢ, yˢ, zˢ) = s·(xᵗ, yᵗ, zᵗ) + (t_x, t_y, t_z). θ = (s, t_x, t_y, t_z): a crop, a
/// translation and an isotropic scale. s below 1 zooms in.
/// </summary>
public sealed class AttentionTransformation3D() : LinearAffineFamily3D(
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0],
    [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
{
    /// <inheritdoc/>
    public override string Name => "attention-3d";

    /// <inheritdoc/>
    public override IReadOnlyList<double> Identity { get; } = [1, 0, 0, 0];
}
