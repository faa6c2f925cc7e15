namespace Stn.Transformations;

/// <summary>
/// Translation, rotation and isotropic scale: (xˢ, yˢ) = (a·xᵗ − b·yᵗ + t_x, b·xᵗ + a·yᵗ + t_y). θ = (a, b, t_x, t_y), linear:
/// a = s·cos φ and b = s·sin φ for the scale s and the angle φ of <see cref="RotationTransformation"/>.
/// </summary>
/// <remarks>Angles are kept in normalised coordinates: on an image that is not square, the pixels are sheared.</remarks>
public sealed class SimilarityTransformation() : LinearAffineFamily(
    [0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 1, 0], [0, -1, 0, 1, 0, 0], [0, 0, 1, 0, 0, 0], [0, 0, 0, 0, 0, 1])
{
    /// <inheritdoc/>
    public override string Name => "similarity";

    /// <inheritdoc/>
    public override IReadOnlyList<double> Identity { get; } = [1, 0, 0, 0];
}
