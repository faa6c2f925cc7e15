using Stn.Kernels;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Warps;

/// <summary>BasisWarp in libtorch's graph: U, θ and B.</summary>
internal sealed class BasisWarpFunction(Sampling sampling, AlignCorners align, Plane target)
    : WarpFunction(sampling, align, target.Height, target.Width)
{
    /// <inheritdoc/>
    protected override void Forward<T>(Tensor[] inputs, Tensor output) => BasisWarp.Forward<T>(
        Of<T>(inputs[0]), Shapes.BatchOf(inputs[0]), Of<T>(inputs[1]), Of<T>(inputs[2]), (int)inputs[2].Size(0), Sampling, Align, target,
        Of<T>(output), TorchRuntime.Threads);

    /// <inheritdoc/>
    protected override void Backward<T>(Tensor[] inputs, Tensor gradient, Tensor?[] gradients) => BasisWarp.Backward<T>(
        Of<T>(inputs[0]), Shapes.BatchOf(inputs[0]), Of<T>(inputs[1]), Of<T>(inputs[2]), (int)inputs[2].Size(0), Sampling, Align, target,
        Of<T>(gradient), Of<T>(gradients[0]), Of<T>(gradients[1]), Of<T>(gradients[2]), TorchRuntime.Threads);

    /// <inheritdoc/>
    protected override Tensor Grid(Tensor[] inputs) => LinearTransformation.GridOf(inputs[1], inputs[2]);
}
