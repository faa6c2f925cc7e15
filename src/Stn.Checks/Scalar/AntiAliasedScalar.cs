using Stn.Kernels;
using Stn.Kernels.Reference;

namespace Stn.Checks.Scalar;

/// <summary>Anti-aliased sampling by <see cref="AntiAliasedReference"/>, at the local scales of each place.</summary>
internal sealed class AntiAliasedScalar(Padding padding) : ScalarSampler
{
    /// <inheritdoc/>
    public override bool ReadsScales => true;

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> channel, Volume source, SourcePlace place, AlignCorners align)
    {
        var (x, y) = Mirror(source, place, align);
        return AntiAliasedReference.Sample(
            channel, Images.PlaneOf(source), x.Position, y.Position, place.ScaleX, place.ScaleY, align, padding);
    }

    /// <inheritdoc/>
    public override (double X, double Y, double Z) Slope(ReadOnlySpan<double> channel, Volume source, SourcePlace place, AlignCorners align)
    {
        var (x, y) = Mirror(source, place, align);
        var slope = AntiAliasedReference.Gradient(
            channel, Images.PlaneOf(source), x.Position, y.Position, place.ScaleX, place.ScaleY, align, padding);
        return (x.Slope * slope.X, y.Slope * slope.Y, 0);
    }

    /// <inheritdoc/>
    public override void Scatter(Span<double> gradient, Volume source, SourcePlace place, AlignCorners align, double amount)
    {
        var (x, y) = Mirror(source, place, align);
        AntiAliasedReference.Scatter(
            gradient, Images.PlaneOf(source), x.Position, y.Position, place.ScaleX, place.ScaleY, align, padding, amount);
    }

    private (Folded X, Folded Y) Mirror(Volume source, SourcePlace place, AlignCorners align) =>
        (Mirror(source, place, align, 0), Mirror(source, place, align, 1));

    // The reference mirrors what it is given once more, in float64. That moves nothing, but turns the slope of a point on the far mirror.
    private Folded Mirror(Volume source, SourcePlace place, AlignCorners align, int axis)
    {
        var once = Folded.Mirrored(place, axis, source, align, padding.Mode);
        return padding.Mode == PaddingMode.Reflection
            ? once with { Slope = once.Slope * PaddingReference.Mirror(once.Position, Folded.SizeOf(source, axis), align).Slope }
            : once;
    }
}
