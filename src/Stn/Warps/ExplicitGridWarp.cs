using Stn.Kernels;
using Stn.Samplers;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Warps;

/// <summary>Through a grid in memory: works for every pair, and is the reference for the others.</summary>
/// <param name="transformation">Makes the grid.</param>
/// <param name="sampler">Reads at its points.</param>
public sealed class ExplicitGridWarp(Transformation transformation, Sampler sampler) : Warp
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor image, Tensor theta, Plane target, AlignCorners align)
    {
        using var grid = transformation.Grid(theta, target, align);
        return sampler.Sample(image, grid, align);
    }
}
