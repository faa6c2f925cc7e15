using Stn.Kernels;
using Stn.Kernels.Reference;

namespace Stn.Checks.Scalar;

/// <summary>Bicubic sampling by <see cref="CubicReference"/>; each tap is padded by itself.</summary>
internal sealed class CubicScalar(Sampling sampling) : ScalarSampler
{
    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> channel, Volume source, SourcePlace place, AlignCorners align)
    {
        var (x, y) = Mirror(source, place, align);
        return CubicReference.Sample(
            channel, Images.PlaneOf(source), x.Position, y.Position, sampling.CubicSlope, align, sampling.Padding);
    }

    /// <inheritdoc/>
    public override (double X, double Y, double Z) Slope(ReadOnlySpan<double> channel, Volume source, SourcePlace place, AlignCorners align)
    {
        var (x, y) = Mirror(source, place, align);
        var slope = CubicReference.Gradient(
            channel, Images.PlaneOf(source), x.Position, y.Position, sampling.CubicSlope, align, sampling.Padding);
        return (x.Slope * slope.X, y.Slope * slope.Y, 0);
    }

    /// <inheritdoc/>
    public override void Scatter(Span<double> gradient, Volume source, SourcePlace place, AlignCorners align, double amount)
    {
        var (x, y) = Mirror(source, place, align);
        CubicReference.Scatter(
            gradient, Images.PlaneOf(source), x.Position, y.Position, sampling.CubicSlope, align, sampling.Padding, amount);
    }

    private (Folded X, Folded Y) Mirror(Volume source, SourcePlace place, AlignCorners align) =>
        (Folded.Mirrored(place, 0, source, align, sampling.Padding.Mode), Folded.Mirrored(place, 1, source, align, sampling.Padding.Mode));
}
