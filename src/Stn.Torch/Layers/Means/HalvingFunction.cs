namespace Stn.Torch.Layers.Means;

/// <summary>The mean of windows of 2×2 side by side as a function with vectors along rows; libtorch's is scalar. It gives the same numbers.</summary>
internal sealed unsafe class HalvingFunction : CustomFunction
{
    private const int Size = 2;

    /// <summary>Whether the kernels can compute with this input; libtorch refuses the rest, or computes it.</summary>
    internal static bool Suits(Tensor input) =>
        HalvingKernel.IsFast && input.Dimensions == 4 && input.TryGetFloats(out _, out var count) && count is > 0 and <= int.MaxValue
        && input.Size(2) >= Size && input.Size(3) >= Size;

    /// <inheritdoc/>
    protected internal override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        context.Save(inputs);
        var (planes, height, width) = ShapeOf(inputs[0]);
        var result = Tensor.Empty(DType.Float32, inputs[0].Size(0), inputs[0].Size(1), height / Size, width / Size);
        float* from = TensorMemory.Floats(inputs[0]), to = TensorMemory.Floats(result);
        var windows = (nint)(height / Size) * (width / Size);
        Parallel.For(planes, plane => HalvingKernel.Forward(from + ((nint)plane * height * width), height, width, to + (plane * windows)));
        return [result];
    }

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(FunctionContext context, Tensor[] gradients)
    {
        var input = context.Saved(1)[0];
        if (NoGrad.IsRecording)
            return RecordedGradients(nodes => Functional.AvgPool2d(nodes[0], Size), [input], [true], gradients[0]);

        var (planes, height, width) = ShapeOf(input);
        var isWhole = height % Size == 0 && width % Size == 0;
        var result = isWhole ? Tensor.Empty(DType.Float32, input.Shape) : Tensor.Zeros(input.Shape);
        var gradient = gradients[0].Contiguous();
        float* from = TensorMemory.Floats(gradient), to = TensorMemory.Floats(result);
        var windows = (nint)(height / Size) * (width / Size);
        Parallel.For(planes, plane => HalvingKernel.Backward(from + (plane * windows), height, width, to + ((nint)plane * height * width)));
        return [result];
    }

    private static (int Planes, int Height, int Width) ShapeOf(Tensor input) =>
        ((int)(input.Size(0) * input.Size(1)), (int)input.Size(2), (int)input.Size(3));
}
