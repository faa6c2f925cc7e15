using Stn.Checks.Cases;
using Stn.Kernels;

namespace Stn.Checks.Scalar;

/// <summary>A warp in plain numbers: V, and the gradients of U and of θ or the grid, point after point.</summary>
/// <param name="points">Where the target lies in the source.</param>
/// <param name="sampler">How U is read there.</param>
/// <param name="source">D, H and W.</param>
/// <param name="channels">C.</param>
public sealed class ScalarWarp(SourcePoints points, ScalarSampler sampler, Volume source, int channels)
{
    /// <summary>The source points of every image's target points, in pixels.</summary>
    /// <param name="second">θ or the grid, in C order.</param>
    /// <param name="count">N.</param>
    public SourcePlace[] Places(double[] second, int count)
    {
        ArgumentNullException.ThrowIfNull(second);
        var own = points.Identity.Count;
        return [.. Enumerable.Range(0, count).SelectMany(image => points.LocateAll(second.AsSpan(image * own, own), source))];
    }

    /// <summary>V, (N, C, d, h, w).</summary>
    /// <param name="images">U, (N, C, D, H, W).</param>
    /// <param name="places">The source points.</param>
    public double[] Values(double[] images, SourcePlace[] places)
    {
        ArgumentNullException.ThrowIfNull(places);
        var values = new double[places.Length * channels];
        for (var i = 0; i < values.Length; i++)
        {
            var (plane, point) = (i / points.Target.Length, i % points.Target.Length);
            var place = places[(plane / channels * points.Target.Length) + point];
            values[i] = sampler.Value(images.AsSpan(plane * source.Length, source.Length), source, place, points.Align);
        }

        return values;
    }

    /// <summary>∂U, and ∂θ or the gradient of the grid.</summary>
    /// <param name="images">U, (N, C, D, H, W).</param>
    /// <param name="second">θ or the grid, in C order.</param>
    /// <param name="places">The source points.</param>
    /// <param name="gradient">∂V, (N, C, d, h, w).</param>
    public (double[] Images, double[] Second) Gradients(double[] images, double[] second, SourcePlace[] places, double[] gradient)
    {
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(places);
        ArgumentNullException.ThrowIfNull(gradient);
        var (ofImages, ofSecond, own) = (new double[images.Length], new double[second.Length], points.Identity.Count);
        for (var i = 0; i < places.Length; i++)
        {
            var (image, point) = (i / points.Target.Length, i % points.Target.Length);
            var amount = OfPoint(images, ofImages, image, point, places[i], gradient);
            points.AddGradient(second.AsSpan(image * own, own), point, amount, ofSecond.AsSpan(image * own, own));
        }

        return (ofImages, ofSecond);
    }

    // Scatters ∂V of one point into ∂U, and returns the gradient of its normalised source coordinates.
    private (double X, double Y, double Z) OfPoint(
        double[] images, double[] ofImages, int image, int point, SourcePlace place, double[] gradient)
    {
        var (x, y, z) = (0.0, 0.0, 0.0);
        for (var plane = image * channels; plane < (image + 1) * channels; plane++)
        {
            var amount = gradient[(plane * points.Target.Length) + point];
            if (amount == 0)
                continue;
            var (first, length) = (plane * source.Length, source.Length);
            sampler.Scatter(ofImages.AsSpan(first, length), source, place, points.Align, amount);
            var slope = sampler.Slope(images.AsSpan(first, length), source, place, points.Align);
            (x, y, z) = (x + (amount * slope.X), y + (amount * slope.Y), z + (amount * slope.Z));
        }

        return (
            x * points.PixelsPerUnit(source.Width), y * points.PixelsPerUnit(source.Height), z * points.PixelsPerUnit(source.Depth));
    }
}
