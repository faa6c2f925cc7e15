using Stn.Kernels;

namespace Stn.Samplers;

/// <summary>
/// Equation (4) of the paper: the nearest pixel, k(x) = δ(⌊x + 0.5⌋ − m). It passes a gradient to U and none to the grid or
/// to θ, so nothing before it learns.
/// </summary>
/// <param name="padding">What lies outside U.</param>
/// <param name="ties">Which of two pixels as near as each other; equation (4) says <see cref="TieRule.HalfUp"/>, PyTorch the even one.</param>
public sealed class NearestSampler(Padding padding = default, TieRule ties = TieRule.HalfToEven)
    : BuiltInSampler(Sampling.Nearest(padding, ties))
{
    /// <inheritdoc/>
    public override string Name => "nearest";
}
