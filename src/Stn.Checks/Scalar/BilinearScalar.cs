using Stn.Kernels;
using Stn.Kernels.Reference;

namespace Stn.Checks.Scalar;

/// <summary>Equation (5) by <see cref="BilinearReference"/>.</summary>
internal sealed class BilinearScalar(Padding padding) : ScalarSampler
{
    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> channel, Volume source, SourcePlace place, AlignCorners align)
    {
        var (x, y) = Fold(source, place, align);
        return BilinearReference.Sample(channel, Images.PlaneOf(source), x.Position, y.Position, padding.Value);
    }

    /// <inheritdoc/>
    public override (double X, double Y, double Z) Slope(ReadOnlySpan<double> channel, Volume source, SourcePlace place, AlignCorners align)
    {
        var (x, y) = Fold(source, place, align);
        var slope = BilinearReference.Gradient(channel, Images.PlaneOf(source), x.Position, y.Position, padding.Value);
        return (x.Slope * slope.X, y.Slope * slope.Y, 0);
    }

    /// <inheritdoc/>
    public override void Scatter(Span<double> gradient, Volume source, SourcePlace place, AlignCorners align, double amount)
    {
        var (x, y) = Fold(source, place, align);
        BilinearReference.Scatter(gradient, Images.PlaneOf(source), x.Position, y.Position, amount);
    }

    private (Folded X, Folded Y) Fold(Volume source, SourcePlace place, AlignCorners align) =>
        (Folded.Along(place, 0, source, align, padding.Mode), Folded.Along(place, 1, source, align, padding.Mode));
}
