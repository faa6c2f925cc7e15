using Stn.Kernels;
using Stn.Kernels.Reference;

namespace Stn.Checks.Scalar;

/// <summary>Equation (5) in three dimensions by <see cref="TrilinearReference"/>.</summary>
internal sealed class TrilinearScalar(Padding padding) : ScalarSampler
{
    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> channel, Volume source, SourcePlace place, AlignCorners align)
    {
        var (x, y, z) = Fold(source, place, align);
        return TrilinearReference.Sample(channel, source, x.Position, y.Position, z.Position, padding.Value);
    }

    /// <inheritdoc/>
    public override (double X, double Y, double Z) Slope(ReadOnlySpan<double> channel, Volume source, SourcePlace place, AlignCorners align)
    {
        var (x, y, z) = Fold(source, place, align);
        var slope = TrilinearReference.Gradient(channel, source, x.Position, y.Position, z.Position, padding.Value);
        return (x.Slope * slope.X, y.Slope * slope.Y, z.Slope * slope.Z);
    }

    /// <inheritdoc/>
    public override void Scatter(Span<double> gradient, Volume source, SourcePlace place, AlignCorners align, double amount)
    {
        var (x, y, z) = Fold(source, place, align);
        TrilinearReference.Scatter(gradient, source, x.Position, y.Position, z.Position, amount);
    }

    private (Folded X, Folded Y, Folded Z) Fold(Volume source, SourcePlace place, AlignCorners align) => (
        Folded.Along(place, 0, source, align, padding.Mode), Folded.Along(place, 1, source, align, padding.Mode),
        Folded.Along(place, 2, source, align, padding.Mode));
}
