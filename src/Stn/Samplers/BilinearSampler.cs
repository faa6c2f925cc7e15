using Stn.Kernels;
using Stn.Torch;

namespace Stn.Samplers;

/// <summary>
/// Equation (5) of the paper: the four pixels around the point, each weighted by max(0, 1 − |Δx|)·max(0, 1 − |Δy|); pixels
/// outside U count as zero. Its gradients are equations (6) and (7); at whole coordinates they are those of the cell to
/// the right and below.
/// </summary>
public sealed class BilinearSampler : Sampler
{
    private const int Bilinear = 0;
    private const int Zeros = 0;

    /// <inheritdoc/>
    public override string Name => "bilinear";

    /// <inheritdoc/>
    protected override Tensor Read(Tensor image, Tensor grid, AlignCorners align) =>
        Functional.GridSampler(image, grid, Bilinear, Zeros, align == AlignCorners.True);
}
