using Stn.Kernels;

namespace Stn.Samplers;

/// <summary>
/// Equation (5) of the paper: the four pixels around the point, each weighted by max(0, 1 − |Δx|)·max(0, 1 − |Δy|). Its gradients
/// are equations (6) and (7); at whole coordinates they are those of the cell to the right and below. On volumes it is trilinear:
/// eight voxels, each weighted by max(0, 1 − |Δz|) too, equation (9) of the appendix.
/// </summary>
/// <param name="padding">What lies outside U; by default each of the pixels counts as zero there.</param>
public sealed class BilinearSampler(Padding padding = default) : BuiltInSampler(Sampling.Linear(padding))
{
    /// <inheritdoc/>
    public override string Name => "bilinear";
}
