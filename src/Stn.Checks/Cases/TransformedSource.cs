using Stn.Checks.Scalar;
using Stn.Kernels;
using Stn.Transformations;

namespace Stn.Checks.Cases;

/// <summary>A transformation by its own map of single points; its own numbers are θ.</summary>
/// <param name="family">A <see cref="Transformation"/> or a <see cref="Transformation3D"/>.</param>
/// <param name="target">d, h and w.</param>
/// <param name="align">Where ±1 lies.</param>
internal sealed class TransformedSource(TransformationFamily family, Volume target, AlignCorners align)
    : SourcePoints(target, align, family is Transformation3D ? 3 : 2)
{
    private const double Step = 1e-5;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Identity => family.Identity;

    /// <inheritdoc/>
    public override long[] Shape(long count) => [count, family.ParameterCount];

    /// <inheritdoc/>
    public override SourcePlace Locate(ReadOnlySpan<double> own, int point, Volume source)
    {
        var place = Map(own, point);
        return new SourcePlace(
            Coordinates.ToPixel(place.X, source.Width, Align), Coordinates.ToPixel(place.Y, source.Height, Align),
            Dimensions == 3 ? Coordinates.ToPixel(place.Z, source.Depth, Align) : 0, IsSingle: false);
    }

    // By central differences of the map: nothing of the transformation's own gradient.
    /// <inheritdoc/>
    public override void AddGradient(ReadOnlySpan<double> own, int point, (double X, double Y, double Z) amount, Span<double> gradient)
    {
        if (amount is (0, 0, 0))
            return;
        double[] moved = [.. own];
        for (var i = 0; i < moved.Length; i++)
        {
            moved[i] = own[i] + Step;
            var above = Map(moved, point);
            moved[i] = own[i] - Step;
            var below = Map(moved, point);
            moved[i] = own[i];
            var change = (amount.X * (above.X - below.X)) + (amount.Y * (above.Y - below.Y)) + (amount.Z * (above.Z - below.Z));
            gradient[i] += change / (2 * Step);
        }
    }

    private NormalizedPoint3D Map(ReadOnlySpan<double> own, int point)
    {
        if (family is Transformation3D space)
            return space.Map(own, TargetPoint(point));
        var place = ((Transformation)family).Map(own, TargetPoints.Of(point, Images.PlaneOf(Target), Align));
        return new NormalizedPoint3D(place.X, place.Y, 0);
    }

    private NormalizedPoint3D TargetPoint(int point) => new(
        Coordinates.OfPixel<double>(point % Target.Width, Target.Width, Align),
        Coordinates.OfPixel<double>(point / Target.Width % Target.Height, Target.Height, Align),
        Coordinates.OfPixel<double>(point / Target.Width / Target.Height, Target.Depth, Align));
}
