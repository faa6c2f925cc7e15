using Stn.Kernels;
using Stn.Torch;

namespace Stn.Warps;

/// <summary>GridWarp3D in libtorch's graph: U and a grid.</summary>
internal sealed class GridWarp3DFunction(Sampling sampling, AlignCorners align, Volume target)
    : WarpFunction(sampling, align, target.Depth, target.Height, target.Width)
{
    /// <inheritdoc/>
    protected override void Forward<T>(Tensor[] inputs, Tensor output) => GridWarp3D.Forward<T>(
        Of<T>(inputs[0]), Shapes.VolumesOf(inputs[0]), Of<T>(inputs[1]), Sampling, Align, target, Of<T>(output), TorchRuntime.Threads);

    /// <inheritdoc/>
    protected override void Backward<T>(Tensor[] inputs, Tensor gradient, Tensor?[] gradients) => GridWarp3D.Backward<T>(
        Of<T>(inputs[0]), Shapes.VolumesOf(inputs[0]), Of<T>(inputs[1]), Sampling, Align, target, Of<T>(gradient),
        Of<T>(gradients[0]), Of<T>(gradients[1]), TorchRuntime.Threads);

    /// <inheritdoc/>
    protected override Tensor Grid(Tensor[] inputs) => inputs[1];
}
