using Stn.Checks.Scalar;
using Stn.Kernels;
using Stn.Transformations;

namespace Stn.Checks.Cases;

/// <summary>A transformation of the plane by <see cref="Transformation.Map"/>; its own numbers are θ.</summary>
internal sealed class TransformedSource(Transformation transformation, Volume target, AlignCorners align) : SourcePoints(target, align)
{
    private const double Step = 1e-5;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Identity => transformation.Identity;

    /// <inheritdoc/>
    public override long[] Shape(long count) => [count, transformation.ParameterCount];

    /// <inheritdoc/>
    public override SourcePlace Locate(ReadOnlySpan<double> own, int point, Volume source)
    {
        var place = Map(own, point);
        return new SourcePlace(
            Coordinates.ToPixel(place.X, source.Width, Align), Coordinates.ToPixel(place.Y, source.Height, Align), 0, IsSingle: false);
    }

    // By central differences of the map: nothing of the transformation's own gradient.
    /// <inheritdoc/>
    public override void AddGradient(ReadOnlySpan<double> own, int point, (double X, double Y, double Z) amount, Span<double> gradient)
    {
        if (amount is (0, 0, _))
            return;
        double[] moved = [.. own];
        for (var i = 0; i < moved.Length; i++)
        {
            moved[i] = own[i] + Step;
            var above = Map(moved, point);
            moved[i] = own[i] - Step;
            var below = Map(moved, point);
            moved[i] = own[i];
            gradient[i] += ((amount.X * (above.X - below.X)) + (amount.Y * (above.Y - below.Y))) / (2 * Step);
        }
    }

    private NormalizedPoint Map(ReadOnlySpan<double> own, int point) =>
        transformation.Map(own, TargetPoints.Of(point, Images.PlaneOf(Target), Align));
}
