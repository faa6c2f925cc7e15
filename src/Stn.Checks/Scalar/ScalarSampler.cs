using Stn.Kernels;

namespace Stn.Checks.Scalar;

/// <summary>A sampler in plain numbers, one point of one channel at a time: the specification that the fast forms are compared with.</summary>
public abstract class ScalarSampler
{
    /// <summary>Whether it needs the local scales of places, which follow from their neighbours.</summary>
    public virtual bool ReadsScales => false;

    /// <summary>The value at a point.</summary>
    /// <param name="channel">U: one channel, slice by slice and row by row.</param>
    /// <param name="source">D, H and W.</param>
    /// <param name="place">Where it is read, in pixels.</param>
    /// <param name="align">Where the mirrors of reflection padding stand.</param>
    public abstract double Value(ReadOnlySpan<double> channel, Volume source, SourcePlace place, AlignCorners align);

    /// <summary>The derivatives of the value by x, y and z, per pixel.</summary>
    /// <inheritdoc cref="Value" path="/param"/>
    public abstract (double X, double Y, double Z) Slope(
        ReadOnlySpan<double> channel, Volume source, SourcePlace place, AlignCorners align);

    /// <summary>Adds <paramref name="amount"/>, the gradient of the value at a point, to the gradient of the pixels.</summary>
    /// <param name="gradient">∂U of one channel.</param>
    /// <param name="source">D, H and W.</param>
    /// <param name="place">Where U was read, in pixels.</param>
    /// <param name="align">Where the mirrors of reflection padding stand.</param>
    /// <param name="amount">∂V of the point.</param>
    public abstract void Scatter(Span<double> gradient, Volume source, SourcePlace place, AlignCorners align, double amount);

    /// <summary>The scalar forms of a sampler of Stn.Kernels.</summary>
    /// <param name="sampling">Its kernel and padding.</param>
    /// <param name="dimensions">2 for images, 3 for volumes.</param>
    public static ScalarSampler Of(Sampling sampling, int dimensions) => sampling.Interpolation switch
    {
        Interpolation.Cubic => dimensions == 3
            ? new KernelScalar(
                2, sampling.Padding, 3, (distance, _) => Keys(Math.Abs(distance), sampling.CubicSlope),
                distance => Math.Sign(distance) * KeysSlope(Math.Abs(distance), sampling.CubicSlope))
            : new CubicScalar(sampling),
        Interpolation.AntiAliased => new AntiAliasedScalar(sampling.Padding),
        Interpolation.Nearest => new NearestScalar(sampling, dimensions),
        _ => dimensions == 3 ? new TrilinearScalar(sampling.Padding) : new BilinearScalar(sampling.Padding),
    };

    // Keys' cubic convolution, written out.
    private static double Keys(double d, double a) => d switch
    {
        <= 1 => ((((a + 2) * d) - (a + 3)) * d * d) + 1,
        < 2 => (((((a * d) - (5 * a)) * d) + (8 * a)) * d) - (4 * a),
        _ => 0,
    };

    private static double KeysSlope(double d, double a) => d switch
    {
        <= 1 => ((3 * (a + 2) * d) - (2 * (a + 3))) * d,
        < 2 => (((3 * a * d) - (10 * a)) * d) + (8 * a),
        _ => 0,
    };
}
