namespace Stn.Transformations;

/// <summary>
/// (xˢ, yˢ, zˢ) = (xᵗ + t_x, yᵗ + t_y, zᵗ + t_z). θ = (t_x, t_y, t_z), in normalised units: 1 is half the volume. The content
/// moves the other way.
/// </summary>
public sealed class TranslationTransformation3D() : LinearAffineFamily3D(
    [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0],
    [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
{
    /// <inheritdoc/>
    public override string Name => "translation-3d";

    /// <inheritdoc/>
    public override IReadOnlyList<double> Identity { get; } = [0, 0, 0];
}
