using Stn.Kernels;
using Stn.Samplers;
using Stn.Torch;
using Stn.Transformations;
using Sampler = Stn.Samplers.Sampler;

namespace Stn.Warps;

/// <summary>A transformation and a sampler as one operation, V = sample(U, T_θ(G)). The pair decides how it is computed.</summary>
public abstract class Warp
{
    /// <summary>The fastest form there is for this pair; every form gives the same values.</summary>
    public static Warp Of(Transformation transformation, Sampler sampler) => (transformation, sampler) switch
    {
        (AffineTransformation, BilinearSampler) => new FusedAffineWarp(),
        _ => new ExplicitGridWarp(transformation, sampler),
    };

    /// <summary>Warps a batch.</summary>
    /// <param name="image">U, shape (N, C, H, W).</param>
    /// <param name="theta">θ, shape (N, P).</param>
    /// <param name="target">The size of the output.</param>
    /// <param name="align">Where ±1 lies, in U and in the target grid.</param>
    /// <returns>V, shape (N, C, h, w). Differentiable in U and in θ.</returns>
    public abstract Tensor Apply(Tensor image, Tensor theta, Plane target, AlignCorners align);
}
