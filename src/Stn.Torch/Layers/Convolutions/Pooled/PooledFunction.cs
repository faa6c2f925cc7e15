namespace Stn.Torch.Layers.Convolutions.Pooled;

/// <summary>A convolution, the largest of 2×2, ReLU: one function, (x, W, b) to the pooled map, channels innermost; its kernels are the derived class's.</summary>
/// <param name="kernel">Rows and columns.</param>
/// <param name="ceil">Whether the pooling counts a last, incomplete window.</param>
/// <param name="padding">Rows and columns of zeros around the input.</param>
internal abstract class PooledFunction(int kernel, bool ceil, int padding) : CustomFunction, IDisposable
{
    private Tensor? _places;

    /// <summary>The sizes, once forward has begun.</summary>
    protected PooledShape Shape { get; private set; }

    /// <summary>Whether something is left of an input behind the layers, and its numbers and theirs can be counted by an integer, as our kernels do.</summary>
    internal static bool CanCompute(Tensor input, Conv2d layer, bool ceil) =>
        input.ElementCount <= int.MaxValue && input.Size(0) * layer.Outputs * input.Size(2) * input.Size(3) <= int.MaxValue
        && ShapeOf(input, 1, layer.Kernel, ceil, layer.Padding) is { PooledHeight: > 0, PooledWidth: > 0, Rows: > 0, Columns: > 0 };

    /// <summary>The sizes for an input.</summary>
    internal static PooledShape ShapeOf(Tensor input, int outputs, int kernel, bool ceil, int padding) => new(
        (int)input.Size(0), (int)input.Size(1), (int)input.Size(2) + (2 * padding), (int)input.Size(3) + (2 * padding), outputs, kernel, ceil, padding);

    /// <summary>The three layers as libtorch's operators.</summary>
    internal static Tensor Plain(Tensor[] inputs, bool ceil, int padding = 0) =>
        Functional.MaxPool2d(Functional.Conv2d(inputs[0], inputs[1], inputs[2], padding: padding), 2, ceil).Relu();

    /// <inheritdoc/>
    public void Dispose() => _places?.Dispose();

    /// <inheritdoc/>
    protected internal override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        context.Save(inputs);
        Shape = ShapeOf(inputs[0], (int)inputs[1].Size(0), kernel, ceil, padding);
        long[] size = [Shape.Images, Shape.PooledHeight, Shape.PooledWidth, Shape.Outputs];
        var values = Tensor.Empty(DType.Float32, size);
        _places = Tensor.Empty(DType.UInt8, size);
        _places.Scope = null; // until Dispose
        Compute(inputs, values, _places);
        return [values.Permute(0, 3, 1, 2)];
    }

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(FunctionContext context, Tensor[] gradients)
    {
        var inputs = context.Saved(3);
        var wanted = Enumerable.Range(0, inputs.Length).Select(context.NeedsGrad).ToArray();
        return NoGrad.IsRecording
            ? RecordedGradients(nodes => Plain(nodes, ceil, padding), inputs, wanted, gradients[0])
            : Differentiate(inputs, gradients[0].Permute(0, 2, 3, 1).Contiguous(), _places!, wanted);
    }

    /// <summary>Values and places, both (N, H', W', out): of a window's four positions the one that was the largest, or that it is off.</summary>
    protected abstract void Compute(Tensor[] inputs, Tensor values, Tensor places);

    /// <summary>The gradients that are wanted of the inputs, from that of the values, (N, H', W', out).</summary>
    protected abstract Tensor?[] Differentiate(Tensor[] inputs, Tensor gradient, Tensor places, bool[] wanted);
}
