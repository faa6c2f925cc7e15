using Stn.Kernels;

namespace Stn.Checks.Scalar;

/// <summary>A sampler in plain numbers, one point of one channel at a time: the specification that the fast forms are compared with.</summary>
public abstract class ScalarSampler
{
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
        Interpolation.Cubic => new CubicScalar(sampling),
        Interpolation.Nearest => new NearestScalar(sampling, dimensions),
        _ => dimensions == 3 ? new TrilinearScalar(sampling.Padding) : new BilinearScalar(sampling.Padding),
    };
}
