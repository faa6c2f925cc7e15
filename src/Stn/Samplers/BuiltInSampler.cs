using Stn.Kernels;
using Stn.Torch;
using Stn.Warps;

namespace Stn.Samplers;

/// <summary>
/// A sampler that Stn.Kernels has: its kernels compute it on the CPU in Float32 and Float64, libtorch's own sampler elsewhere
/// where it has the mode, and libtorch's operators the rest. All follow the kernels' rules for padding, ties and points
/// that are no place.
/// </summary>
public abstract class BuiltInSampler : Sampler
{
    private readonly Stn.Kernels.Sampler _kernel;

    private protected BuiltInSampler(Stn.Kernels.Sampler kernel) => _kernel = kernel;

    /// <summary>What lies outside U.</summary>
    public Padding Padding => _kernel.Padding;

    /// <inheritdoc/>
    public sealed override Stn.Kernels.Sampler? Kernel => _kernel;

    private bool LibtorchHasIt =>
        _kernel is { Padding.Value: 0, Ties: TieRule.HalfToEven, CubicSlope: Stn.Kernels.Sampler.DefaultCubicSlope };

    /// <inheritdoc/>
    protected sealed override Tensor Read(Tensor image, Tensor grid, AlignCorners align)
    {
        ArgumentNullException.ThrowIfNull(grid);
        if (WarpFunction.CanRun(image, grid))
            return new GridWarpFunction(_kernel, align, Shapes.TargetOf(grid)).Apply(image, grid)[0];
        if (!LibtorchHasIt)
            return RecordedSampling.Sample(image, grid, RecordedTaps.Of(_kernel), Padding, align);
        // The modes of both libraries have the same numbers.
        var places = Places.Definite(grid, Shapes.PlaneOf(image), Padding.Mode, align);
        return Functional.GridSampler(image, places, (int)_kernel.Interpolation, (int)Padding.Mode, align == AlignCorners.True);
    }
}
