namespace Stn.Transformations;

/// <summary>
/// (xˢ, yˢ) = (xᵗ + t_x, yᵗ + t_y). θ = (t_x, t_y), in normalised units: 1 is half the image. The content moves the other
/// way.
/// </summary>
public sealed class TranslationTransformation() : LinearAffineFamily([1, 0, 0, 0, 1, 0], [0, 0, 1, 0, 0, 0], [0, 0, 0, 0, 0, 1])
{
    /// <inheritdoc/>
    public override string Name => "translation";

    /// <inheritdoc/>
    public override IReadOnlyList<double> Identity { get; } = [0, 0];
}
