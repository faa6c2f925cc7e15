namespace Stn.Transformations;

/// <summary>
/// (xˢ, yˢ, zˢ) = (xᵗ, yᵗ, zᵗ): nothing moves, and θ is empty, shape (N, 0). With an output of another size it resamples the whole
/// volume; it is the control against which a learned transformation is compared.
/// </summary>
public sealed class IdentityTransformation3D() : LinearAffineFamily3D([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0])
{
    /// <inheritdoc/>
    public override string Name => "identity-3d";

    /// <inheritdoc/>
    public override IReadOnlyList<double> Identity => [];
}
