using Stn.Kernels;
using Stn.Torch;
using Stn.Transformations;
using Sampler = Stn.Samplers.Sampler;

namespace Stn.Warps;

/// <summary>Through a grid in memory: works for every pair, and is the reference for the others.</summary>
/// <param name="transformation">Makes the grid.</param>
/// <param name="sampler">Reads at its points.</param>
public sealed class ExplicitGridWarp(Transformation transformation, Sampler sampler) : Warp
{
    /// <summary>The number of parameters of the transformation.</summary>
    internal int ParameterCount => transformation.ParameterCount;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor image, Tensor theta, Plane target, AlignCorners align)
    {
        using var grid = transformation.Grid(theta, target, align);
        return sampler.Sample(image, grid, align);
    }
}
