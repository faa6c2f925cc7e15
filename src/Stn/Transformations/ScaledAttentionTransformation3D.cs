namespace Stn.Transformations;

/// <summary>
/// Equation (2) of the paper in space with a scale for each axis: (xˢ, yˢ, zˢ) = (s_x·xᵗ + t_x, s_y·yᵗ + t_y, s_z·zᵗ + t_z).
/// θ = (s_x, s_y, s_z, t_x, t_y, t_z): any upright box of the volume.
/// </summary>
public sealed class ScaledAttentionTransformation3D() : LinearAffineFamily3D(
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0],
    [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
{
    /// <inheritdoc/>
    public override string Name => "scaled-attention-3d";

    /// <inheritdoc/>
    public override IReadOnlyList<double> Identity { get; } = [1, 1, 1, 0, 0, 0];
}
