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
    private readonly Sampling _kernel;

    private protected BuiltInSampler(Sampling kernel) => _kernel = kernel;

    /// <summary>What lies outside U.</summary>
    public Padding Padding => _kernel.Padding;

    /// <inheritdoc/>
    public sealed override Sampling? Kernel => _kernel;

    /// <summary>Whether libtorch's sampler has these settings.</summary>
    internal bool LibtorchHasIt =>
        _kernel is { Interpolation: not Interpolation.AntiAliased, Padding.Value: 0, Ties: TieRule.HalfToEven, CubicSlope: Sampling.DefaultCubicSlope };

    /// <inheritdoc/>
    protected sealed override Tensor Read(Tensor image, Tensor grid, AlignCorners align)
    {
        ArgumentNullException.ThrowIfNull(grid);
        if (WarpFunction.CanRun(image, grid))
            return new GridWarpFunction(_kernel, align, Shapes.TargetOf(grid)).Apply(image, grid)[0];
        return LibtorchHasIt
            ? ReadByLibtorch(image, grid, align)
            : RecordedSampling.Sample(image, grid, _kernel, align);
    }

    /// <summary>By libtorch's sampler, which numbers kernels and paddings as Stn.Kernels does.</summary>
    internal Tensor ReadByLibtorch(Tensor image, Tensor grid, AlignCorners align)
    {
        var places = Places.Definite(grid, Shapes.PlaneOf(image), Padding.Mode, align);
        return Functional.GridSampler(image, places, (int)_kernel.Interpolation, (int)Padding.Mode, align == AlignCorners.True);
    }
}
