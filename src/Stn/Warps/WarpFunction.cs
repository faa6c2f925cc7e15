using System.Numerics;
using Stn.Kernels;
using Stn.Samplers;
using Stn.Torch;

namespace Stn.Warps;

/// <summary>
/// The kernels as a part of libtorch's graph: U and what moves its points to V, with the gradients that are asked for. A geometry
/// adds its two kernels and, for gradients of gradients, its grid in libtorch's operators.
/// </summary>
/// <param name="sampling">How U is read.</param>
/// <param name="align">Where ±1 lies.</param>
/// <param name="target">The size of V: h and w, or d, h and w.</param>
internal abstract class WarpFunction(Sampling sampling, AlignCorners align, params long[] target) : CustomFunction
{
    private int _inputs;

    // Kernels and operators take turns: on the same threads, neither waits for the other's to fall asleep.
    static WarpFunction() => KernelThreads.Team ??= TorchRuntime.RunParallel;

    protected Sampling Sampling { get; } = sampling;

    protected AlignCorners Align { get; } = align;

    /// <summary>Whether the kernels can compute with these tensors: on the CPU, both Float32 or both Float64.</summary>
    internal static bool CanRun(Tensor image, Tensor other) =>
        image.Type == other.Type && image.Type is DType.Float32 or DType.Float64 && !image.Device.IsCuda && !other.Device.IsCuda;

    /// <summary>Runs the forward kernel on contiguous tensors.</summary>
    protected abstract void Forward<T>(Tensor[] inputs, Tensor output)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Runs the backward kernel on contiguous tensors; a gradient that is not wanted is null.</summary>
    protected abstract void Backward<T>(Tensor[] inputs, Tensor gradient, Tensor?[] gradients)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The grid, (N, h, w, 2) or (N, d, h, w, 3), in operators that libtorch records.</summary>
    protected abstract Tensor Grid(Tensor[] inputs);

    /// <inheritdoc/>
    protected sealed override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        context.Save(inputs);
        _inputs = inputs.Length;
        var dense = Dense(inputs);
        var output = Tensor.Empty(dense[0].Type, [dense[0].Size(0), dense[0].Size(1), .. target]);
        if (output.Type == DType.Float64)
            Forward<double>(dense, output);
        else
            Forward<float>(dense, output);
        return [output];
    }

    /// <inheritdoc/>
    protected sealed override Tensor?[] Backward(FunctionContext context, Tensor[] gradients)
    {
        var inputs = context.Saved(_inputs);
        var wanted = Enumerable.Range(0, _inputs).Select(context.NeedsGrad).ToArray();
        if (NoGrad.IsRecording)
            return RecordedGradients(nodes => RecordedSampling.Sample(nodes[0], Grid(nodes), Sampling, Align), inputs, wanted, gradients[0]);

        var results = inputs.Select((input, i) => wanted[i] ? Tensor.Empty(input.Type, input.Shape) : null).ToArray();
        if (inputs[0].Type == DType.Float64)
            Backward<double>(Dense(inputs), gradients[0].Contiguous(), results);
        else
            Backward<float>(Dense(inputs), gradients[0].Contiguous(), results);
        return results;
    }

    /// <summary>The elements of a tensor; none for one that is not wanted.</summary>
    protected static Span<T> Of<T>(Tensor? tensor)
        where T : unmanaged => tensor is null ? [] : tensor.DangerousGetSpan<T>();

    private static Tensor[] Dense(Tensor[] tensors) => [.. tensors.Select(tensor => tensor.Contiguous())];
}
