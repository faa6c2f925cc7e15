using Stn.Kernels;
using Stn.Samplers;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Warps;

/// <summary>A transformation and a sampler as one operation, V = sample(U, T_θ(G)). The pair decides how it is computed.</summary>
/// <param name="transformation">Says where the target's points lie in U.</param>
/// <param name="sampler">Reads U there.</param>
public abstract class Warp(Transformation transformation, Sampler sampler)
{
    /// <summary>Where the target's points lie.</summary>
    protected Transformation Transformation { get; } = transformation ?? throw new ArgumentNullException(nameof(transformation));

    /// <summary>How U is read.</summary>
    protected Sampler Sampler { get; } = sampler ?? throw new ArgumentNullException(nameof(sampler));

    /// <summary>The fastest form there is for this pair; every form gives the same values.</summary>
    public static Warp Of(Transformation transformation, Sampler sampler) => FusedWarp.IsFor(transformation, sampler)
        ? new FusedWarp(transformation, sampler)
        : new ExplicitGridWarp(transformation, sampler);

    /// <summary>Warps a batch.</summary>
    /// <param name="image">U, shape (N, C, H, W).</param>
    /// <param name="theta">θ, shape (N, P), of the type of U.</param>
    /// <param name="target">The size of the output.</param>
    /// <param name="align">Where ±1 lies, in U and in the target grid.</param>
    /// <returns>V, shape (N, C, h, w). Differentiable in U and in θ.</returns>
    /// <exception cref="ArgumentException">A shape or a type is not as said.</exception>
    public Tensor Apply(Tensor image, Tensor theta, Plane target, AlignCorners align)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(theta);
        Shapes.RequireImage(image);
        Transformation.RequireFor(image, theta);
        using var scope = new TensorScope();
        return scope.Keep(Run(image, theta, target, align));
    }

    /// <summary><see cref="Apply"/>, after the check of its arguments; what it makes on the way is freed by the caller.</summary>
    protected abstract Tensor Run(Tensor image, Tensor theta, Plane target, AlignCorners align);
}
