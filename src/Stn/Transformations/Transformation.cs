using Stn.Kernels;
using Stn.Torch;

namespace Stn.Transformations;

/// <summary>A family of transformations of images, T_θ: what the localisation network predicts the parameters of.</summary>
/// <remarks>
/// Convention: T_θ maps a target point (of the output V) to its source point (in the input U); both are normalised, x
/// before y. Section 3.2 of the paper.
/// </remarks>
public abstract class Transformation : TransformationFamily
{
    /// <summary>The source points of the regular target grid, T_θ(G).</summary>
    /// <param name="theta">θ, shape (N, P).</param>
    /// <param name="target">The size of the output, h×w.</param>
    /// <param name="align">Where ±1 lies, for G; the sampler must be given the same.</param>
    /// <returns>Shape (N, h, w, 2): normalised source points, x before y. Differentiable in θ.</returns>
    /// <exception cref="ArgumentException"><paramref name="theta"/> is not (N, P).</exception>
    public Tensor Grid(Tensor theta, Plane target, AlignCorners align)
    {
        ArgumentNullException.ThrowIfNull(theta);
        RequireShape(theta);
        using var scope = new TensorScope();
        return scope.Keep(MakeGrid(theta, target, align));
    }

    /// <summary>The source point of one target point, in plain numbers: for pictures and measurements.</summary>
    /// <param name="theta">P numbers.</param>
    /// <param name="target">A point of the output.</param>
    /// <exception cref="ArgumentException"><paramref name="theta"/> does not hold P numbers.</exception>
    public NormalizedPoint Map(ReadOnlySpan<double> theta, NormalizedPoint target)
    {
        RequireCount(theta);
        return MapPoint(theta, target);
    }

    /// <summary>The source points of one target point under many θ: a family with a basis evaluates it once for all of them.</summary>
    /// <param name="thetas">N·P numbers, one θ after the other.</param>
    /// <param name="target">A point of the output.</param>
    /// <param name="sources">N points.</param>
    internal void Map(ReadOnlySpan<double> thetas, NormalizedPoint target, Span<NormalizedPoint> sources) => MapPoints(thetas, target, sources);

    /// <summary><see cref="Grid"/>, after the check of its arguments; what it makes on the way is freed by the caller.</summary>
    protected abstract Tensor MakeGrid(Tensor theta, Plane target, AlignCorners align);

    /// <summary>The source point of one target point, after the check of the arguments.</summary>
    protected abstract NormalizedPoint MapPoint(ReadOnlySpan<double> theta, NormalizedPoint target);

    private protected virtual void MapPoints(ReadOnlySpan<double> thetas, NormalizedPoint target, Span<NormalizedPoint> sources)
    {
        for (var i = 0; i < sources.Length; i++)
            sources[i] = MapPoint(thetas.Slice(i * ParameterCount, ParameterCount), target);
    }
}
