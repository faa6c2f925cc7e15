using Stn.Kernels;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Warps;

/// <summary>SplineWarp in libtorch's graph: U and θ. The table is read where it lies.</summary>
internal sealed class SplineWarpFunction(Sampling sampling, AlignCorners align, Plane target, ThinPlateSplineTransformation family)
    : WarpFunction(sampling, align, target.Height, target.Width)
{
    /// <inheritdoc/>
    protected override void Forward<T>(Tensor[] inputs, Tensor output) => SplineWarp.Forward(
        Of<T>(inputs[0]), Shapes.BatchOf(inputs[0]), Of<T>(inputs[1]), family.SplineTable<T>(target, Align), Sampling, Align, Of<T>(output),
        TorchRuntime.Threads);

    /// <inheritdoc/>
    protected override void Backward<T>(Tensor[] inputs, Tensor gradient, Tensor?[] gradients) => SplineWarp.Backward(
        Of<T>(inputs[0]), Shapes.BatchOf(inputs[0]), Of<T>(inputs[1]), family.SplineTable<T>(target, Align), Sampling, Align, Of<T>(gradient),
        Of<T>(gradients[0]), Of<T>(gradients[1]), TorchRuntime.Threads);

    /// <inheritdoc/>
    protected override Tensor Grid(Tensor[] inputs) => LinearTransformation.GridOf(inputs[1], family.Basis(target, Align, inputs[1]));
}
