using Stn.Kernels;
using Stn.Kernels.Reference;
using Stn.Samplers;

namespace Stn.Checks.Scalar;

/// <summary>
/// Equation (3) with any kernel k, written out: the sum over the 2·support taps along each axis, each padded by itself. The slope of
/// k is its central difference.
/// </summary>
/// <param name="support">How far k reaches, in pixels.</param>
/// <param name="padding">What lies outside U.</param>
/// <param name="dimensions">2 for images, 3 for volumes.</param>
/// <param name="weight">k(d) along an axis.</param>
/// <param name="slope">k′(d); by default the central difference of k.</param>
public sealed class KernelScalar(
    int support, Padding padding, int dimensions, Func<double, ImageAxis, double> weight, Func<double, double>? slope = null) : ScalarSampler
{
    private const double Step = 1e-6;

    // In normalised units: nothing that a kernel reaches.
    private const double Outside = 1000;

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> channel, Volume source, SourcePlace place, AlignCorners align) =>
        Combine(channel, source, Along(source, place, align, slopeAlong: -1));

    /// <inheritdoc/>
    public override (double X, double Y, double Z) Slope(ReadOnlySpan<double> channel, Volume source, SourcePlace place, AlignCorners align) => (
        Combine(channel, source, Along(source, place, align, slopeAlong: 0)),
        Combine(channel, source, Along(source, place, align, slopeAlong: 1)),
        dimensions == 3 ? Combine(channel, source, Along(source, place, align, slopeAlong: 2)) : 0);

    /// <inheritdoc/>
    public override void Scatter(Span<double> gradient, Volume source, SourcePlace place, AlignCorners align, double amount)
    {
        foreach (var (pixel, share) in All(source, Along(source, place, align, slopeAlong: -1)))
        {
            if (pixel >= 0)
                gradient[pixel] += share * amount;
        }
    }

    private double Combine(ReadOnlySpan<double> channel, Volume source, (int Pixel, double Weight)[][] taps)
    {
        var sum = 0.0;
        foreach (var (pixel, share) in All(source, taps))
            sum += share * (pixel >= 0 ? channel[pixel] : padding.Value);
        return sum;
    }

    // Every combination of the taps along the axes: its index in the channel or −1, and the product of the weights.
    private static IEnumerable<(int Pixel, double Weight)> All(Volume source, (int Pixel, double Weight)[][] taps) =>
        from slice in taps[2]
        from row in taps[1]
        from column in taps[0]
        select (
            (slice.Pixel | row.Pixel | column.Pixel) < 0 ? -1 : (((slice.Pixel * source.Height) + row.Pixel) * source.Width) + column.Pixel,
            slice.Weight * row.Weight * column.Weight);

    private (int Pixel, double Weight)[][] Along(Volume source, SourcePlace place, AlignCorners align, int slopeAlong) =>
        [.. Enumerable.Range(0, 3).Select(axis => axis < dimensions ? Taps(place, axis, source, align, axis == slopeAlong) : [(0, 1.0)])];

    private (int Pixel, double Weight)[] Taps(SourcePlace place, int axis, Volume source, AlignCorners align, bool derive)
    {
        var size = Folded.SizeOf(source, axis);
        var (position, factor) = Definite(place[axis], size, align);
        var first = Math.Floor(position) - (support - 1);
        return [.. Enumerable.Range(0, 2 * support).Select(tap =>
        {
            var distance = position - (first + tap);
            var share = derive ? factor * Derivative(distance, (ImageAxis)axis) : weight(distance, (ImageAxis)axis);
            return (PaddingReference.Fold((int)first + tap, size, align, padding.Mode), share);
        })];
    }

    // The rule of Padding for what is no place: far outside, or the first pixel. No gradient flows from there.
    private (double Position, double Slope) Definite(double position, int size, AlignCorners align)
    {
        var (low, high) = (Coordinates.ToPixel(-Outside, size, align), Coordinates.ToPixel(Outside, size, align));
        var period = align == AlignCorners.True ? Math.Max(1, 2 * (size - 1)) : 2 * size;
        return padding.Mode switch
        {
            PaddingMode.Constant when !double.IsFinite(position) => (-Outside, 0),
            PaddingMode.Constant => position >= low && position <= high ? (position, 1) : (high, 0),
            PaddingMode.Border when double.IsNaN(position) => (0, 0),
            PaddingMode.Border => (Math.Clamp(position, low, high), position >= low && position <= high ? 1 : 0),
            _ => double.IsFinite(position) ? (position % period, 1) : (0, 0),
        };
    }

    private double Derivative(double distance, ImageAxis axis) => slope is not null
        ? slope(distance)
        : (weight(distance + Step, axis) - weight(distance - Step, axis)) / (2 * Step);
}
