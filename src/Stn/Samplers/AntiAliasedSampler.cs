using Stn.Kernels;

namespace Stn.Samplers;

/// <summary>
/// Equation (3) of the paper with the triangle k(d) = max(0, 1 − |d|/s), its weights divided by their sum, where s is the local scale
/// along x and along y: how many source pixels lie between neighbouring points of V, at least 1. Where V is as fine as U it is the
/// bilinear sampler; where V is coarser it reads every pixel between its points instead of skipping them.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>s = √((∂p/∂column)² + (∂p/∂row)²) for a source coordinate p in pixels, from the positions of the point's four neighbours in V:
/// the same for every transformation, exact in affine ones. An axis of V with one pixel has no neighbours and adds nothing.</item>
/// <item>Gradients to U are exact. Those to the grid and to θ are exact at a constant s: moving points learn, none flows through the width
/// of the kernel, as if it had been given.</item>
/// <item>With border padding a shrink without rotation or translation gives the values of libtorch's <c>_upsample_bilinear2d_aa</c>. (With
/// aligned corners libtorch moves its points by (s − 1)/2 pixels, away from where <see cref="AlignCorners.True"/> puts them.)</item>
/// </list>
/// </remarks>
/// <param name="padding">
/// What lies outside U. Border, the default, counts the pixels inside alone, and the nearest one where the kernel reads none. A
/// constant, zeros too, counts with the weight of each tap outside, so it colours the frame of a shrunk image. Reflection mirrors
/// each tap.
/// </param>
public sealed class AntiAliasedSampler(Padding? padding = null) : BuiltInSampler(Sampling.AntiAliased(padding))
{
    /// <inheritdoc/>
    public override string Name => "antialiased";
}
