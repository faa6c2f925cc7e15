namespace Stn.Transformations;

/// <summary>
/// (xˢ, yˢ) = (xᵗ, yᵗ): nothing moves, and θ is empty, shape (N, 0). With an output of another size it resamples the whole
/// image; it is the control against which a learned transformation is compared.
/// </summary>
public sealed class IdentityTransformation() : LinearAffineFamily([1, 0, 0, 0, 1, 0])
{
    /// <inheritdoc/>
    public override string Name => "identity";

    /// <inheritdoc/>
    public override IReadOnlyList<double> Identity => [];
}
