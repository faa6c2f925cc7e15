namespace Stn.Torch.Layers.Convolutions.Pooled;

/// <summary>For few input channels, on all threads.</summary>
/// <param name="kernel">Rows and columns.</param>
/// <param name="ceil">Whether the pooling counts a last, incomplete window.</param>
/// <param name="padding">Rows and columns of zeros around the input.</param>
/// <param name="isWide">Whether AVX-512 computes, else AVX2.</param>
internal sealed unsafe class ShallowPooledFunction(int kernel, bool ceil, int padding, bool isWide) : PooledFunction(kernel, ceil, padding)
{
    // The batch is always split into so many parts, whose sums are added in order: the same bits for any number of threads.
    private const int Parts = 16;

    /// <summary>With the widest vectors that there are.</summary>
    internal ShallowPooledFunction(int kernel, bool ceil, int padding = 0)
        : this(kernel, ceil, padding, Lanes16.AreFast)
    {
    }

    /// <inheritdoc/>
    protected override void Compute(Tensor[] inputs, Tensor values, Tensor places)
    {
        if (isWide)
            Compute<Lanes16>(inputs, values, places);
        else
            Compute<Lanes8>(inputs, values, places);
    }

    /// <inheritdoc/>
    protected override Tensor?[] Differentiate(Tensor[] inputs, Tensor gradient, Tensor places, bool[] wanted)
    {
        var results = inputs.Select(input => Tensor.Empty(DType.Float32, input.Shape)).ToArray();
        if (isWide)
            Differentiate<Lanes16>(inputs, gradient, places, wanted, results);
        else
            Differentiate<Lanes8>(inputs, gradient, places, wanted, results);
        return [.. results.Select((result, i) => wanted[i] ? result : null)];
    }

    private static ReadOnlySpan<float> Image(float* images, int image, in PooledShape shape) =>
        new(images + ((nint)image * shape.ImageLength), shape.ImageLength);

    private void Compute<T>(Tensor[] inputs, Tensor output, Tensor places)
        where T : struct, ILanes<T>
    {
        var shape = Shape;
        var (image, weight, bias) = (inputs[0].Contiguous(), inputs[1].Contiguous(), inputs[2].Contiguous());
        var packed = PooledForward.Pack(weight.DangerousGetSpan<float>(), bias.DangerousGetSpan<float>(), shape, T.Count);
        float* from = TensorMemory.Floats(image), to = TensorMemory.Floats(output);
        var place = TensorMemory.Bytes(places);
        var groups = shape.Padded(T.Count) / (2 * T.Count); // a single image has work for several threads
        Parallel.For(shape.Images * groups, task =>
        {
            var (i, group) = Math.DivRem(task, groups);
            using var padded = new Scratch((long)shape.Inputs * shape.Plane);
            PaddedImage.Copy(Image(from, i, shape), padded.Floats, shape);
            var first = (nint)i * shape.Windows * shape.Outputs;
            fixed (float* weights = packed)
            {
                PooledForward.Run<T>(padded.Floats, weights, shape, group, to + first, place + first);
            }
        });
    }

    private void Differentiate<T>(Tensor[] inputs, Tensor gradient, Tensor places, bool[] wanted, Tensor[] results)
        where T : struct, ILanes<T>
    {
        var shape = Shape;
        if (wanted[0])
            DifferentiateImage<T>(inputs[1].Contiguous(), gradient, places, results[0]);
        if (!wanted[1] && !wanted[2])
            return;

        var parts = Math.Min(Parts, shape.Images);
        var length = PooledWeightGradient.Length(shape, T.Count);
        using var sums = new Scratch((long)parts * length);
        var image = inputs[0].Contiguous();
        float* from = TensorMemory.Floats(image), flow = TensorMemory.Floats(gradient), to = sums.Floats;
        var place = TensorMemory.Bytes(places);
        Parallel.For(parts, part =>
        {
            using var padded = new Scratch((long)shape.Inputs * shape.Plane);
            var flows = new Flow[shape.Windows + 1];
            for (var i = part; i < shape.Images; i += parts)
            {
                PaddedImage.Copy(Image(from, i, shape), padded.Floats, shape);
                var first = (nint)i * shape.Windows * shape.Outputs;
                PooledWeightGradient.Add<T>(padded.Floats, flow + first, place + first, shape, flows, to + ((nint)part * length));
            }
        });
        PooledWeightGradient.AddParts(to, parts, length);
        PooledWeightGradient.Unpack(to, shape, T.Count, results[1].DangerousGetSpan<float>(), results[2].DangerousGetSpan<float>());
    }

    private void DifferentiateImage<T>(Tensor weight, Tensor gradient, Tensor places, Tensor result)
        where T : struct, ILanes<T>
    {
        var shape = Shape;
        using var kernels = new Scratch(PooledInputGradient.PackedLength(shape, T.Count));
        PooledInputGradient.Pack(weight.DangerousGetSpan<float>(), shape, T.Count, kernels.Floats);
        float* packed = kernels.Floats, flow = TensorMemory.Floats(gradient), to = TensorMemory.Floats(result);
        var place = TensorMemory.Bytes(places);
        Parallel.For(shape.Images, i =>
        {
            using var image = new Scratch(PooledInputGradient.ImageLength(shape, T.Count));
            var flows = new Flow[PooledInputGradient.FlowsOf(shape)];
            var first = (nint)i * shape.Windows * shape.Outputs;
            PooledInputGradient.Add<T>(packed, flow + first, place + first, shape, flows, image.Floats);
            PaddedImage.CopyBack(image.Floats, new Span<float>(to + ((nint)i * shape.ImageLength), shape.ImageLength), shape);
        });
    }
}
