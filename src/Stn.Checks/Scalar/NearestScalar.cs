using Stn.Kernels;
using Stn.Kernels.Reference;

namespace Stn.Checks.Scalar;

/// <summary>Equation (4) by <see cref="NearestReference"/>.</summary>
internal sealed class NearestScalar(Sampling sampling, int dimensions) : ScalarSampler
{
    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> channel, Volume source, SourcePlace place, AlignCorners align) =>
        Index(source, place, align) is var index && index >= 0 ? channel[index] : sampling.Padding.Value;

    /// <inheritdoc/>
    public override (double X, double Y, double Z) Slope(
        ReadOnlySpan<double> channel, Volume source, SourcePlace place, AlignCorners align) => (0, 0, 0);

    /// <inheritdoc/>
    public override void Scatter(Span<double> gradient, Volume source, SourcePlace place, AlignCorners align, double amount)
    {
        var index = Index(source, place, align);
        if (index >= 0)
            gradient[index] += amount;
    }

    private int Index(Volume source, SourcePlace place, AlignCorners align)
    {
        var (x, y, z) = (Pixel(0), Pixel(1), dimensions == 3 ? Pixel(2) : 0);
        return (x | y | z) < 0 ? -1 : (((z * source.Height) + y) * source.Width) + x;

        int Pixel(int axis) => NearestReference.Index(
            Folded.Along(place, axis, source, align, sampling.Padding.Mode).Position, Folded.SizeOf(source, axis), sampling.Ties);
    }
}
