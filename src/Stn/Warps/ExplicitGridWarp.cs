using Stn.Kernels;
using Stn.Samplers;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Warps;

/// <summary>Through a grid in memory: works for every pair, those of a user's own too.</summary>
/// <param name="transformation">Makes the grid.</param>
/// <param name="sampler">Reads at its points.</param>
public sealed class ExplicitGridWarp(Transformation transformation, Sampler sampler) : Warp(transformation, sampler)
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor image, Tensor theta, Plane target, AlignCorners align) =>
        Sampler.Sample(image, Transformation.Grid(theta, target, align), align);
}
