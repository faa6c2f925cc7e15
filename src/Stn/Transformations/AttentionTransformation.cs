namespace Stn.Transformations;

/// <summary>
/// Equation (2) of the paper, attention: (xˢ, yˢ) = (s·xᵗ + t_x, s·yᵗ + t_y). θ = (s, t_x, t_y): a crop, a translation and an
/// isotropic scale. s below 1 zooms in.
/// </summary>
public sealed class AttentionTransformation() : LinearAffineFamily(
    [0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 1, 0], [0, 0, 1, 0, 0, 0], [0, 0, 0, 0, 0, 1])
{
    /// <inheritdoc/>
    public override string Name => "attention";

    /// <inheritdoc/>
    public override IReadOnlyList<double> Identity { get; } = [1, 0, 0];
}
