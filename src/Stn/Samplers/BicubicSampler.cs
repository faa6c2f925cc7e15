using Stn.Kernels;

namespace Stn.Samplers;

/// <summary>
/// Keys' cubic convolution over the 4×4 pixels around the point: k(d) = (A + 2)|d|³ − (A + 3)|d|² + 1 for |d| ≤ 1 and A|d|³ − 5A|d|² +
/// 8A|d| − 4A for 1 &lt; |d| &lt; 2. Its values have a continuous slope, and may lie beyond those of the pixels. On volumes it is tricubic, 4×4×4
/// voxels, by libtorch's operators: right, with all gradients, and slow.
/// </summary>
/// <param name="padding">What lies outside U; each of the pixels is padded by itself.</param>
/// <param name="slope">A: −0.75 as in PyTorch, or −0.5, which reproduces quadratics (Catmull-Rom).</param>
public sealed class BicubicSampler(Padding padding = default, double slope = Sampling.DefaultCubicSlope)
    : BuiltInSampler(Sampling.Cubic(padding, slope))
{
    /// <inheritdoc/>
    public override string Name => "bicubic";
}
