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

    /// <summary>Whether libtorch's sampler has these settings for images or volumes, with our rule for coordinates that are no place.</summary>
    internal bool LibtorchHasIt(Tensor image, AlignCorners align) =>
        _kernel is { Padding.Value: 0, Ties: TieRule.HalfToEven, CubicSlope: Sampling.DefaultCubicSlope }
        && _kernel.Interpolation != Interpolation.AntiAliased
        && (_kernel.Interpolation != Interpolation.Cubic || !Shapes.IsVolume(image))
        && (Padding.Mode != PaddingMode.Constant || align == AlignCorners.False || !Shapes.SizesOf(image).Contains(1));

    /// <inheritdoc/>
    protected sealed override Tensor Read(Tensor image, Tensor grid, AlignCorners align)
    {
        ArgumentNullException.ThrowIfNull(grid);
        var volumes = Shapes.IsVolume(image);
        if (volumes && _kernel.Interpolation == Interpolation.AntiAliased)
            throw new NotSupportedException($"the {Name} sampler reads images, (N, C, H, W), not {image}: read volumes with another sampler");
        if (WarpFunction.CanRun(image, grid) && !(volumes && _kernel.Interpolation == Interpolation.Cubic))
        {
            WarpFunction function = volumes
                ? new GridWarp3DFunction(_kernel, align, Shapes.VolumeTargetOf(grid))
                : new GridWarpFunction(_kernel, align, Shapes.TargetOf(grid));
            return function.Apply(image, grid)[0];
        }

        return LibtorchHasIt(image, align)
            ? ReadByLibtorch(image, grid, align)
            : RecordedSampling.Sample(image, grid, _kernel, align);
    }

    /// <summary>By libtorch's sampler, which numbers kernels and paddings as Stn.Kernels does.</summary>
    internal Tensor ReadByLibtorch(Tensor image, Tensor grid, AlignCorners align)
    {
        // libtorch's sampler has no gradient of its gradient.
        return NoGrad.IsRecording && (image.RequiresGrad || grid.RequiresGrad)
            ? new TwiceDifferentiable(
                inputs => ByItsOperator(inputs[0], inputs[1], align),
                inputs => RecordedSampling.Sample(inputs[0], inputs[1], _kernel, align)).Apply(image, grid)[0]
            : ByItsOperator(image, grid, align);
    }

    private Tensor ByItsOperator(Tensor image, Tensor grid, AlignCorners align)
    {
        var places = Places.Definite(grid, Shapes.SizesOf(image), Padding.Mode, align);
        return Functional.GridSampler(image, places, (int)_kernel.Interpolation, (int)Padding.Mode, align == AlignCorners.True);
    }
}
