using Stn.Torch.Interop;
using Stn.Torch.Layers.Convolutions;
using Stn.Torch.Products;

namespace Stn.Torch.Layers.Narrow;

/// <summary>
/// x·Wᵀ + b with few outputs of very many inputs, the first layer of a localisation network on a feature map: BLAS splits it along neither
/// images nor outputs, and meets inputs that lie a power of two apart. The same bits for any number of threads.
/// </summary>
internal sealed unsafe class NarrowLinearFunction : CustomFunction
{
    private const int MostOutputs = 64;
    private const int FewestInputs = 1024;

    // Inputs of a task, whatever the number of threads; a strip of its maps stays in the first-level cache.
    private const int Chunk = 1024;
    private const int StripElements = 1 << 13;

    /// <summary>Whether the kernels can compute this, and are faster than libtorch.</summary>
    internal static bool Suits(Tensor input, Linear layer)
    {
        if (!Lanes16.AreFast || layer.Inputs < FewestInputs || layer.Outputs > MostOutputs || layer.Outputs % RowProducts.Rows != 0)
            return false;
        return input.Dimensions == 2 && input.Size(0) >= RowProducts.Rows && input.Size(1) == layer.Inputs
            && input.Type == DType.Float32 && layer.Weight.Value.Type == DType.Float32 && !input.Device.IsCuda && !layer.Weight.Value.Device.IsCuda;
    }

    /// <inheritdoc/>
    protected internal override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        context.Save(inputs);
        var (x, w, bias) = (inputs[0].Contiguous(), inputs[1].Contiguous(), inputs[2].Contiguous());
        var (images, outputs, length) = ((int)x.Size(0), (int)w.Size(0), (int)x.Size(1));
        var (chunks, sums) = (Chunks(length), images * outputs);
        var parts = Tensor.Empty(DType.Float32, chunks, images, outputs);
        float* from = TensorMemory.Floats(x), weights = TensorMemory.Floats(w), part = TensorMemory.Floats(parts);
        Parallel.For(chunks, chunk =>
        {
            var first = chunk * Chunk;
            RowProducts.Dot(from + first, weights + first, length, Math.Min(Chunk, length - first), images, outputs, part + ((nint)chunk * sums));
        });

        // In order, so that the sum is the same however the chunks were shared out.
        var result = bias.Expand(images, outputs).Clone().Contiguous();
        var total = TensorMemory.Floats(result);
        for (var chunk = 0; chunk < chunks; chunk++)
            RowProducts.Add(part + ((nint)chunk * sums), sums, total);
        return [result];
    }

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(FunctionContext context, Tensor[] gradients)
    {
        var inputs = context.Saved(3);
        var wanted = Enumerable.Range(0, inputs.Length).Select(context.NeedsGrad).ToArray();
        if (NoGrad.IsRecording)
            return RecordedGradients(nodes => Functional.Linear(nodes[0], nodes[1], nodes[2]), inputs, wanted, gradients[0]);

        var gradient = gradients[0].Contiguous();
        var image = wanted[0] ? Tensor.Empty(DType.Float32, inputs[0].Shape) : null;
        var weight = wanted[1] ? Tensor.Empty(DType.Float32, inputs[1].Shape) : null;
        if (image is not null || weight is not null)
            Differentiate(inputs[0].Contiguous(), inputs[1].Contiguous(), gradient, image, weight);
        return [image, weight, wanted[2] ? Ops.SumDim.Call(gradient, new long[] { 0 }) : null];
    }

    private static void Differentiate(Tensor x, Tensor w, Tensor gradient, Tensor? image, Tensor? weight)
    {
        var (images, outputs, length) = ((int)x.Size(0), (int)w.Size(0), (int)x.Size(1));
        float* maps = TensorMemory.Floats(x), weights = TensorMemory.Floats(w), flow = TensorMemory.Floats(gradient);
        var toImage = image is null ? null : TensorMemory.Floats(image);
        var toWeight = weight is null ? null : TensorMemory.Floats(weight);
        var tall = Math.Max(images, outputs);
        var width = Math.Max(1, StripElements / tall / RowProducts.Columns) * RowProducts.Columns;
        Parallel.For(Chunks(length), chunk =>
        {
            using var scratch = new Scratch(2L * tall * width);
            var end = Math.Min((chunk + 1) * Chunk, length);
            for (var first = chunk * Chunk; first < end; first += width)
            {
                var strip = new Strip(first, Math.Min(width, end - first), width, length, scratch.Floats, scratch.Floats + ((nint)tall * width));
                if (toWeight is not null)
                    strip.Combine(flow, 1, outputs, outputs, maps, images, toWeight);
                if (toImage is not null)
                    strip.Combine(flow, outputs, 1, images, weights, outputs, toImage);
            }
        });
    }

    private static int Chunks(int length) => (length + Chunk - 1) / Chunk;

    /// <summary>Some inputs next to each other, of all images and all outputs.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="width">How many there is room for.</param>
    /// <param name="length">Inputs in all.</param>
    /// <param name="packed">Room for the rows that are read.</param>
    /// <param name="result">Room for those that are written, where a strip is not whole.</param>
    private readonly struct Strip(int first, int count, int width, int length, float* packed, float* result)
    {
        /// <summary>to[row] = Σ a[row·aRow + i·aStep]·from[i], on these inputs.</summary>
        internal void Combine(float* a, int aRow, int aStep, int rows, float* from, int summands, float* to)
        {
            for (var i = 0; i < summands; i++)
                Copy(from + ((nint)i * length) + first, packed + ((nint)i * width));
            if (count == width)
            {
                RowProducts.Combine(a, aRow, aStep, rows, packed, summands, width, to + first, length);
                return;
            }

            // What lies beyond the end of the packed rows is of an earlier strip, and so are the sums beyond the end of these.
            RowProducts.Combine(a, aRow, aStep, rows, packed, summands, width, result, width);
            for (var row = 0; row < rows; row++)
                Copy(result + ((nint)row * width), to + ((nint)row * length) + first);
        }

        private void Copy(float* source, float* target) => new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(target, count));
    }
}
