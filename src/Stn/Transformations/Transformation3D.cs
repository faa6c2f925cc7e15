using Stn.Kernels;
using Stn.Torch;

namespace Stn.Transformations;

/// <summary>A family of transformations of volumes, T_θ: what the localisation network predicts the parameters of.</summary>
/// <remarks>
/// Convention: T_θ maps a target point (of the output V) to its source point (in the input U); both are normalised, x
/// before y before z. The appendix of the paper, 3D spatial transformers.
/// </remarks>
public abstract class Transformation3D : TransformationFamily
{
    /// <summary>The source points of the regular target grid, T_θ(G).</summary>
    /// <param name="theta">θ, shape (N, P).</param>
    /// <param name="target">The size of the output, d×h×w.</param>
    /// <param name="align">Where ±1 lies, for G; the sampler must be given the same.</param>
    /// <returns>Shape (N, d, h, w, 3): normalised source points, x before y before z. Differentiable in θ.</returns>
    /// <exception cref="ArgumentException"><paramref name="theta"/> is not (N, P).</exception>
    public Tensor Grid(Tensor theta, Volume target, AlignCorners align)
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
    public NormalizedPoint3D Map(ReadOnlySpan<double> theta, NormalizedPoint3D target)
    {
        RequireCount(theta);
        return MapPoint(theta, target);
    }

    /// <summary><see cref="Grid"/>, after the check of its arguments; what it makes on the way is freed by the caller.</summary>
    protected abstract Tensor MakeGrid(Tensor theta, Volume target, AlignCorners align);

    /// <summary><see cref="Map"/>, after the check of its arguments.</summary>
    protected abstract NormalizedPoint3D MapPoint(ReadOnlySpan<double> theta, NormalizedPoint3D target);
}
