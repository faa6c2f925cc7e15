namespace Stn.Transformations;

/// <summary>
/// Equation (2) of the paper with a scale for each axis: (xˢ, yˢ) = (s_x·xᵗ + t_x, s_y·yᵗ + t_y). θ = (s_x, s_y, t_x, t_y): any
/// upright box of the image.
/// </summary>
public sealed class ScaledAttentionTransformation() : LinearAffineFamily(
    [0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 1, 0], [0, 0, 1, 0, 0, 0], [0, 0, 0, 0, 0, 1])
{
    /// <inheritdoc/>
    public override string Name => "scaled-attention";

    /// <inheritdoc/>
    public override IReadOnlyList<double> Identity { get; } = [1, 1, 0, 0];
}
