namespace Stn.Transformations;

/// <summary>
/// Equation (2) of the paper with a scale s that is given, not predicted: (xˢ, yˢ) = (s·xᵗ + t_x, s·yᵗ + t_y). θ = (t_x, t_y), the middle of a
/// window of s times the input's sides, in normalised units: 1 is half the image. Section 4.3 looks at birds through windows of s = 0.5.
/// </summary>
/// <param name="scale">s: a window's side over the input's, above 0 and finite.</param>
public sealed class WindowTransformation(double scale) : LinearAffineFamily(
    [RequirePositive(scale), 0, 0, 0, scale, 0], [0, 0, 1, 0, 0, 0], [0, 0, 0, 0, 0, 1])
{
    /// <inheritdoc/>
    public override string Name => "window";

    /// <summary>s.</summary>
    public double Scale { get; } = scale;

    /// <summary>The window in the middle: only with s = 1 is it the identity.</summary>
    public override IReadOnlyList<double> Identity { get; } = [0, 0];

    private static double RequirePositive(double scale)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        return double.IsFinite(scale) ? scale : throw new ArgumentOutOfRangeException(nameof(scale), scale, "the scale must be a finite number");
    }
}
