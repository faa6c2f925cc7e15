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
/// <param name="weight">k(d) along an axis.</param>
public sealed class KernelScalar(int support, Padding padding, Func<double, ImageAxis, double> weight) : ScalarSampler
{
    private const double Step = 1e-6;

    // In normalised units: nothing that a kernel reaches.
    private const double Outside = 1000;

    /// <inheritdoc/>
    public override double Value(ReadOnlySpan<double> channel, Volume source, SourcePlace place, AlignCorners align) => Combine(
        channel, source, Taps(place, 0, source, align, weight), Taps(place, 1, source, align, weight));

    /// <inheritdoc/>
    public override (double X, double Y, double Z) Slope(ReadOnlySpan<double> channel, Volume source, SourcePlace place, AlignCorners align)
    {
        var (across, down) = (Taps(place, 0, source, align, weight), Taps(place, 1, source, align, weight));
        return (
            Combine(channel, source, Taps(place, 0, source, align, Derivative), down),
            Combine(channel, source, across, Taps(place, 1, source, align, Derivative)), 0);
    }

    /// <inheritdoc/>
    public override void Scatter(Span<double> gradient, Volume source, SourcePlace place, AlignCorners align, double amount)
    {
        var (across, down) = (Taps(place, 0, source, align, weight), Taps(place, 1, source, align, weight));
        foreach (var row in down.Where(tap => tap.Pixel >= 0))
        {
            foreach (var column in across.Where(tap => tap.Pixel >= 0))
                gradient[(row.Pixel * source.Width) + column.Pixel] += row.Weight * column.Weight * amount;
        }
    }

    private double Combine(ReadOnlySpan<double> channel, Volume source, (int Pixel, double Weight)[] across, (int Pixel, double Weight)[] down)
    {
        var sum = 0.0;
        foreach (var row in down)
        {
            foreach (var column in across)
            {
                var inside = (row.Pixel | column.Pixel) >= 0;
                sum += row.Weight * column.Weight * (inside ? channel[(row.Pixel * source.Width) + column.Pixel] : padding.Value);
            }
        }

        return sum;
    }

    private (int Pixel, double Weight)[] Taps(
        SourcePlace place, int axis, Volume source, AlignCorners align, Func<double, ImageAxis, double> function)
    {
        var size = Folded.SizeOf(source, axis);
        var (position, slope) = Definite(place[axis], size, align);
        var first = Math.Floor(position) - (support - 1);
        var factor = function == weight ? 1 : slope;
        return [.. Enumerable.Range(0, 2 * support).Select(tap => (
            PaddingReference.Fold((int)first + tap, size, align, padding.Mode),
            factor * function(position - (first + tap), (ImageAxis)axis)))];
    }

    // The rule of Padding for what is no place: far outside, or the first pixel. No gradient flows from there.
    private (double Position, double Slope) Definite(double position, int size, AlignCorners align)
    {
        var (low, high) = (Coordinates.ToPixel(-Outside, size, align), Coordinates.ToPixel(Outside, size, align));
        return padding.Mode switch
        {
            PaddingMode.Constant => position >= low && position <= high ? (position, 1) : (high, 0),
            PaddingMode.Border => double.IsNaN(position) ? (0, 0) : (Math.Clamp(position, low, high), position >= low && position <= high ? 1 : 0),
            _ => double.IsFinite(position) ? (position % (align == AlignCorners.True ? Math.Max(1, 2 * (size - 1)) : 2 * size), 1) : (0, 0),
        };
    }

    private double Derivative(double distance, ImageAxis axis) =>
        (weight(distance + Step, axis) - weight(distance - Step, axis)) / (2 * Step);
}
