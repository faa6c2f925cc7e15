using Stn.Kernels;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Warps;

/// <summary>BasisWarp in libtorch's graph with a B that nothing is learned about: U and θ. B is read where it lies.</summary>
internal sealed class TableWarpFunction(Sampling sampling, AlignCorners align, Plane target, TabulatedTransformation family)
    : WarpFunction(sampling, align, target.Height, target.Width)
{
    /// <inheritdoc/>
    protected override void Forward<T>(Tensor[] inputs, Tensor output) => BasisWarp.Forward(
        Of<T>(inputs[0]), Shapes.BatchOf(inputs[0]), Of<T>(inputs[1]), Table<T>(inputs), family.Functions, Sampling, Align, target,
        Of<T>(output), TorchRuntime.Threads);

    /// <inheritdoc/>
    protected override void Backward<T>(Tensor[] inputs, Tensor gradient, Tensor?[] gradients) => BasisWarp.Backward(
        Of<T>(inputs[0]), Shapes.BatchOf(inputs[0]), Of<T>(inputs[1]), Table<T>(inputs), family.Functions, Sampling, Align, target,
        Of<T>(gradient), Of<T>(gradients[0]), Of<T>(gradients[1]), [], TorchRuntime.Threads);

    /// <inheritdoc/>
    protected override Tensor Grid(Tensor[] inputs) => LinearTransformation.GridOf(inputs[1], family.Basis(target, Align, inputs[1]));

    private ReadOnlySpan<T> Table<T>(Tensor[] inputs) => (T[])family.Table(target, Align, inputs[1].Type);
}
