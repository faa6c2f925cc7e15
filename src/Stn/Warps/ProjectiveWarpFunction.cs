using Stn.Kernels;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Warps;

/// <summary>ProjectiveWarp in libtorch's graph: U and the eight projective parameters.</summary>
internal sealed class ProjectiveWarpFunction(Sampling sampling, AlignCorners align, Plane target)
    : WarpFunction(sampling, align, target.Height, target.Width)
{
    /// <inheritdoc/>
    protected override void Forward<T>(Tensor[] inputs, Tensor output) => ProjectiveWarp.Forward<T>(
        Of<T>(inputs[0]), Shapes.BatchOf(inputs[0]), Of<T>(inputs[1]), Sampling, Align, target, Of<T>(output), TorchRuntime.Threads);

    /// <inheritdoc/>
    protected override void Backward<T>(Tensor[] inputs, Tensor gradient, Tensor?[] gradients) => ProjectiveWarp.Backward<T>(
        Of<T>(inputs[0]), Shapes.BatchOf(inputs[0]), Of<T>(inputs[1]), Sampling, Align, target, Of<T>(gradient),
        Of<T>(gradients[0]), Of<T>(gradients[1]), TorchRuntime.Threads);

    /// <inheritdoc/>
    protected override Tensor Grid(Tensor[] inputs) => ProjectiveTransformation.GridOf(inputs[1], target, Align);
}
