using Stn.Kernels;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Warps;

/// <summary>AffineWarp3D in libtorch's graph: U and the twelve affine parameters.</summary>
internal sealed class AffineWarp3DFunction(Sampling sampling, AlignCorners align, Volume target)
    : WarpFunction(sampling, align, target.Depth, target.Height, target.Width)
{
    /// <inheritdoc/>
    protected override void Forward<T>(Tensor[] inputs, Tensor output) => AffineWarp3D.Forward<T>(
        Of<T>(inputs[0]), Shapes.VolumesOf(inputs[0]), Of<T>(inputs[1]), Sampling, Align, target, Of<T>(output), TorchRuntime.Threads);

    /// <inheritdoc/>
    protected override void Backward<T>(Tensor[] inputs, Tensor gradient, Tensor?[] gradients) => AffineWarp3D.Backward<T>(
        Of<T>(inputs[0]), Shapes.VolumesOf(inputs[0]), Of<T>(inputs[1]), Sampling, Align, target, Of<T>(gradient),
        Of<T>(gradients[0]), Of<T>(gradients[1]), TorchRuntime.Threads);

    /// <inheritdoc/>
    protected override Tensor Grid(Tensor[] inputs) => AffineFamily3D.GridOf(inputs[1], target, Align);
}
