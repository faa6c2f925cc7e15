namespace Stn.Torch.Layers.Convolutions.Pooled;

/// <summary>A convolution of few channels, the largest of 2×2, ReLU: one function with kernels of ours, (x, W, b) to the pooled map.</summary>
/// <param name="kernel">Rows and columns.</param>
/// <param name="ceil">Whether the pooling counts a last, incomplete window.</param>
/// <param name="isWide">Whether AVX-512 computes, else AVX2.</param>
internal sealed unsafe partial class PooledFunction(int kernel, bool ceil, bool isWide) : CustomFunction, IDisposable
{
    private PooledShape _shape;
    private Tensor? _places;

    /// <summary>With the widest vectors that there are.</summary>
    internal PooledFunction(int kernel, bool ceil)
        : this(kernel, ceil, Lanes16.AreFast)
    {
    }

    /// <summary>Whether this processor has the vectors, and the shape fits the kernels.</summary>
    internal static bool Suits(Tensor input, Conv2d layer, bool ceil) =>
        Lanes8.AreFast && layer.Kernel <= PooledShape.MostRows
        && input.Type == DType.Float32 && input.Dimensions == 4 && input.ElementCount > 0 && !input.Device.IsCuda
        && input.Size(1) == layer.Inputs && !layer.Weight.Value.Device.IsCuda
        && Shape(input, 1, layer.Kernel, ceil) is { PooledHeight: > 0, PooledWidth: > 0, Rows: > 0, Columns: > 0 };

    /// <summary>The three layers as libtorch's operators.</summary>
    internal static Tensor Plain(Tensor[] inputs, bool ceil) =>
        Functional.MaxPool2d(Functional.Conv2d(inputs[0], inputs[1], inputs[2]), 2, ceil).Relu();

    /// <inheritdoc/>
    public void Dispose() => _places?.Dispose();

    /// <inheritdoc/>
    protected internal override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        context.Save(inputs);
        _shape = Shape(inputs[0], (int)inputs[1].Size(0), kernel, ceil);
        long[] size = [_shape.Images, _shape.PooledHeight, _shape.PooledWidth, _shape.Outputs];
        var values = Tensor.Empty(DType.Float32, size);
        _places = Tensor.Empty(DType.UInt8, size);
        _places.Scope = null; // until Dispose
        if (isWide)
            Compute<Lanes16>(inputs, values, _places);
        else
            Compute<Lanes8>(inputs, values, _places);
        return [values.Permute(0, 3, 1, 2)];
    }

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(FunctionContext context, Tensor[] gradients)
    {
        var inputs = context.Saved(3);
        var wanted = Enumerable.Range(0, inputs.Length).Select(context.NeedsGrad).ToArray();
        if (NoGrad.IsRecording)
            return Recorded(inputs, gradients[0], wanted);

        var results = inputs.Select(input => Tensor.Empty(DType.Float32, input.Shape)).ToArray();
        var gradient = gradients[0].Permute(0, 2, 3, 1).Contiguous();
        if (isWide)
            Differentiate<Lanes16>(inputs, gradient, wanted, results);
        else
            Differentiate<Lanes8>(inputs, gradient, wanted, results);
        return [.. results.Select((result, i) => wanted[i] ? result : null)];
    }

    private static PooledShape Shape(Tensor input, int outputs, int kernel, bool ceil) =>
        new((int)input.Size(0), (int)input.Size(1), (int)input.Size(2), (int)input.Size(3), outputs, kernel, ceil);

    // Gradients that will be differentiated again come from operators that libtorch records.
    private Tensor?[] Recorded(Tensor[] inputs, Tensor gradient, bool[] wanted)
    {
        var learned = inputs.Where((_, i) => wanted[i]).ToArray();
        var results = new Queue<Tensor?>(Autograd.Gradients([Plain(inputs, ceil)], learned, [gradient], createGraph: true));
        return [.. wanted.Select(want => want ? results.Dequeue() : null)];
    }
}
