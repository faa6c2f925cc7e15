using Stn.Torch.Layers.Convolutions;

namespace Stn.Torch.Layers.Maximum;

/// <summary>The largest of each window as a function with kernels of ours, the places kept in bytes: libtorch's own are scalar, with places of eight bytes.</summary>
/// <remarks>Of several NaN in one window it is not said which gets the gradient.</remarks>
/// <param name="size">Rows and columns of a window.</param>
/// <param name="ceil">Whether a last, incomplete window counts.</param>
/// <param name="stride">Pixels between two windows.</param>
/// <param name="padding">Rows and columns around the input.</param>
internal sealed unsafe class MaximumFunction(int size, bool ceil, int stride, int padding) : CustomFunction, IDisposable
{
    private const int LargestSize = 15; // places fit a byte

    private MaximumShape _shape;
    private Tensor? _places;

    /// <summary>Whether the kernels can compute with this input; libtorch refuses the rest, or computes it.</summary>
    internal static bool Suits(Tensor input, int size, bool ceil, int stride, int padding)
    {
        if (size is < 1 or > LargestSize || stride < 1 || padding < 0 || padding > size / 2 || !input.TryGetFloats(out _, out var count))
            return false;
        return Lanes8.AreFast && count is > 0 and <= int.MaxValue && input.Dimensions == 4
            && ShapeOf(input, size, ceil, stride, padding) is { Rows: > 0, Columns: > 0 } shape && (long)shape.Planes * shape.Rows * shape.Columns <= int.MaxValue;
    }

    /// <inheritdoc/>
    public void Dispose() => _places?.Dispose();

    /// <inheritdoc/>
    protected internal override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        context.Save(inputs);
        var shape = _shape = ShapeOf(inputs[0], size, ceil, stride, padding);
        long[] output = [inputs[0].Size(0), inputs[0].Size(1), shape.Rows, shape.Columns];
        var values = Tensor.Empty(DType.Float32, output);
        _places = Tensor.Empty(DType.UInt8, output);
        _places.Scope = null; // until Dispose
        float* from = TensorMemory.Floats(inputs[0]), to = TensorMemory.Floats(values);
        var place = TensorMemory.Bytes(_places);
        var windows = (nint)shape.Rows * shape.Columns;
        Parallel.For(shape.Planes, plane =>
        {
            using var scratch = new Scratch(MaximumKernel.ScratchLength(shape));
            MaximumKernel.Forward(from + ((nint)plane * shape.Height * shape.Width), shape, scratch.Floats, to + (plane * windows), place + (plane * windows));
        });
        return [values];
    }

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(FunctionContext context, Tensor[] gradients)
    {
        var input = context.Saved(1)[0];
        if (NoGrad.IsRecording)
            return RecordedGradients(nodes => Functional.MaxPool2d(nodes[0], size, ceil, stride, padding), [input], [true], gradients[0]);

        var shape = _shape;
        var result = Tensor.Zeros(input.Shape);
        var gradient = gradients[0].Contiguous();
        float* from = TensorMemory.Floats(gradient), to = TensorMemory.Floats(result);
        var place = TensorMemory.Bytes(_places!);
        var windows = (nint)shape.Rows * shape.Columns;
        Parallel.For(shape.Planes, plane => MaximumKernel.Backward(
            from + (plane * windows), place + (plane * windows), shape, to + ((nint)plane * shape.Height * shape.Width)));
        return [result];
    }

    private static MaximumShape ShapeOf(Tensor input, int size, bool ceil, int stride, int padding) => new(
        (int)(input.Size(0) * input.Size(1)), (int)input.Size(2), (int)input.Size(3), size, stride, padding, ceil);
}
