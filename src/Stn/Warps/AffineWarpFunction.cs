using Stn.Kernels;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Warps;

/// <summary>AffineWarp in libtorch's graph: U and the six affine parameters.</summary>
internal sealed class AffineWarpFunction(Sampling sampling, AlignCorners align, Plane target)
    : WarpFunction(sampling, align, target.Height, target.Width)
{
    /// <inheritdoc/>
    protected override void Forward<T>(Tensor[] inputs, Tensor output) => AffineWarp.Forward<T>(
        Of<T>(inputs[0]), Shapes.BatchOf(inputs[0]), Of<T>(inputs[1]), Sampling, Align, target, Of<T>(output), TorchRuntime.Threads);

    /// <inheritdoc/>
    protected override void Backward<T>(Tensor[] inputs, Tensor gradient, Tensor?[] gradients) => AffineWarp.Backward<T>(
        Of<T>(inputs[0]), Shapes.BatchOf(inputs[0]), Of<T>(inputs[1]), Sampling, Align, target, Of<T>(gradient),
        Of<T>(gradients[0]), Of<T>(gradients[1]), TorchRuntime.Threads);

    /// <inheritdoc/>
    protected override Tensor Grid(Tensor[] inputs) => AffineFamily.GridOf(inputs[1], target, Align);
}
