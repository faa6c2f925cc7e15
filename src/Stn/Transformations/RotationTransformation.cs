using Stn.Torch;

namespace Stn.Transformations;

/// <summary>
/// (xˢ, yˢ) = (cos φ·xᵗ − sin φ·yᵗ, sin φ·xᵗ + cos φ·yᵗ) about the middle of the image. θ = (φ), in radians: the sampled region
/// turns clockwise as seen (y points down), its content counter-clockwise.
/// </summary>
/// <remarks>Angles are those of normalised coordinates: on an image that is not square, the pixels are sheared.</remarks>
public sealed class RotationTransformation : AffineFamily
{
    /// <inheritdoc/>
    public override string Name => "rotation";

    /// <inheritdoc/>
    public override IReadOnlyList<double> Identity { get; } = [0];

    /// <inheritdoc/>
    public override double[] Theta(PlaneMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return [Math.Atan2(matrix[1, 0], matrix[0, 0])];
    }

    /// <inheritdoc/>
    protected override Tensor MakeAffine(Tensor theta)
    {
        ArgumentNullException.ThrowIfNull(theta);
        var (cosine, sine, zero) = (theta.Cos(), theta.Sin(), Tensor.ZerosLike(theta));
        return Tensor.Concatenate([cosine, -sine, zero, sine, cosine, zero], 1);
    }

    /// <inheritdoc/>
    protected override PlaneMatrix MakeMatrix(ReadOnlySpan<double> theta)
    {
        var (sine, cosine) = Math.SinCos(theta[0]);
        return new PlaneMatrix(cosine, -sine, 0, sine, cosine, 0, 0, 0, 1);
    }
}
