using Stn.Kernels;
using Stn.Samplers;
using Stn.Torch;

namespace Stn.Checks.Tests;

/// <summary>Another sampler, with its values and a gradient of the grid that is wrong by a factor.</summary>
/// <param name="of">The sampler.</param>
/// <param name="slopeFactor">1 where nothing is wrong.</param>
internal sealed class BentSampler(Sampler of, double slopeFactor) : Sampler
{
    public override string Name => "bent";

    protected override Tensor Read(Tensor image, Tensor grid, AlignCorners align) =>
        of.Sample(image, (grid * slopeFactor) + (grid * (1 - slopeFactor)).Detach(), align);
}
