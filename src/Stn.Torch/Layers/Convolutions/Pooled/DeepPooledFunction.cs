namespace Stn.Torch.Layers.Convolutions.Pooled;

/// <summary>For many input channels, with AVX-512, on all threads.</summary>
/// <param name="kernel">Rows and columns.</param>
/// <param name="ceil">Whether the pooling counts a last, incomplete window.</param>
internal sealed unsafe class DeepPooledFunction(int kernel, bool ceil) : PooledFunction(kernel, ceil, padding: 0)
{
    // As many output channels share one reading of the images; fewer are more tasks.
    private const int ChannelsAtOnce = 8;

    // Floats of the images that all channels of a task go through before the next: they stay in the second-level cache.
    private const int Tile = 96 * 1024;

    private static int Lanes => Lanes16.Count;

    /// <inheritdoc/>
    protected override void Compute(Tensor[] inputs, Tensor values, Tensor places)
    {
        var shape = Shape;
        var (images, weight, bias) = (Innermost(inputs[0]), Innermost(inputs[1]), inputs[2].Contiguous());
        using var packed = new Scratch(DeepForward.PackedLength(shape, Lanes));
        DeepForward.Pack(TensorMemory.Floats(weight), TensorMemory.Floats(bias), shape, Lanes, packed.Floats);
        using var last = Last(images);
        float* from = TensorMemory.Floats(images), weights = packed.Floats, end = last.Floats, to = TensorMemory.Floats(values);
        var place = TensorMemory.Bytes(places);
        var groups = shape.Padded(Lanes) / (2 * Lanes);
        Parallel.For(shape.Images * groups, task =>
        {
            var (group, i) = Math.DivRem(task, shape.Images);
            var first = (nint)i * shape.Windows * shape.Outputs;
            DeepForward.Run<Lanes16>(Image(from, end, i, shape), weights, shape, group, to + first, place + first);
        });
    }

    /// <inheritdoc/>
    protected override Tensor?[] Differentiate(Tensor[] inputs, Tensor gradient, Tensor places, bool[] wanted)
    {
        var image = wanted[0] ? DifferentiateImages(inputs[1], gradient, places) : null;
        if (!wanted[1] && !wanted[2])
            return [image, null, null];

        var (weight, bias) = DifferentiateKernels(Innermost(inputs[0]), gradient, places);
        return [image, wanted[1] ? weight : null, wanted[2] ? bias : null];
    }

    private static Tensor Innermost(Tensor tensor) => tensor.Permute(0, 2, 3, 1).Contiguous();

    private static float* Image(float* images, float* last, int image, in PooledShape shape) =>
        image < shape.Images - 1 ? images + ((nint)image * shape.ImageLength) : last;

    // A copy of the last image: kernels read past its end. Of the others they read less than an image past it.
    private Scratch Last(Tensor images)
    {
        if (Shape.Images > 1 && Shape.ImageLength < Math.Max(DeepGradients.PaddedRow(Shape, Lanes) - Shape.KernelRow, Shape.ImageRow + Shape.Inputs))
            throw new InvalidOperationException($"an image of {Shape.ImageLength} numbers is too small for these kernels");
        var copy = new Scratch(Shape.ImageLength + DeepGradients.Slack(Shape, Lanes));
        var from = TensorMemory.Floats(images) + ((nint)(Shape.Images - 1) * Shape.ImageLength);
        new ReadOnlySpan<float>(from, Shape.ImageLength).CopyTo(new Span<float>(copy.Floats, Shape.ImageLength));
        return copy;
    }

    private (Tensor Weight, Tensor Bias) DifferentiateKernels(Tensor images, Tensor gradient, Tensor places)
    {
        var shape = Shape;
        var length = DeepGradients.KernelLength(shape, Lanes);
        using var kernels = new Scratch((long)shape.Outputs * length);
        using var last = Last(images);
        var bias = Tensor.Zeros([shape.Outputs]);
        float* from = TensorMemory.Floats(images), end = last.Floats, flow = TensorMemory.Floats(gradient), to = kernels.Floats;
        float* biases = TensorMemory.Floats(bias);
        var place = TensorMemory.Bytes(places);
        var tile = Math.Max(1, Tile / shape.ImageLength);
        Parallel.For((shape.Outputs + ChannelsAtOnce - 1) / ChannelsAtOnce, task =>
        {
            var channels = (task * ChannelsAtOnce)..Math.Min(shape.Outputs, (task + 1) * ChannelsAtOnce);
            for (var i = 0; i < shape.Images;)
            {
                var count = Math.Max(1, Math.Min(tile, shape.Images - 1 - i)); // the last one alone
                var first = (nint)i * shape.Windows * shape.Outputs;
                DeepGradients.AddKernels<Lanes16>(Image(from, end, i, shape), flow + first, place + first, count, channels, shape, to, biases);
                i += count;
            }
        });
        return (Kernels(to, length), bias);
    }

    private Tensor Kernels(float* padded, int length)
    {
        var shape = Shape;
        var result = Tensor.Empty(DType.Float32, shape.Outputs, shape.Kernel, shape.Kernel, shape.Inputs);
        var to = TensorMemory.Floats(result);
        for (var row = 0; row < shape.Outputs * shape.Kernel; row++)
        {
            var from = padded + ((nint)row * (length / shape.Kernel));
            new ReadOnlySpan<float>(from, shape.KernelRow).CopyTo(new Span<float>(to + ((nint)row * shape.KernelRow), shape.KernelRow));
        }

        return result.Permute(0, 3, 1, 2).Contiguous();
    }

    private Tensor DifferentiateImages(Tensor weight, Tensor gradient, Tensor places)
    {
        var shape = Shape;
        var result = Tensor.Empty(DType.Float32, shape.Images, shape.Height, shape.Width, shape.Inputs);
        using var kernels = Padded(Innermost(weight));
        float* packed = kernels.Floats, flow = TensorMemory.Floats(gradient), to = TensorMemory.Floats(result);
        var place = TensorMemory.Bytes(places);
        Parallel.For(shape.Images, i =>
        {
            using var image = new Scratch(shape.ImageLength + DeepGradients.Slack(shape, Lanes));
            var first = (nint)i * shape.Windows * shape.Outputs;
            DeepGradients.AddImage<Lanes16>(packed, flow + first, place + first, shape, image.Floats);
            new ReadOnlySpan<float>(image.Floats, shape.ImageLength).CopyTo(new Span<float>(to + ((nint)i * shape.ImageLength), shape.ImageLength));
        });
        return result.Permute(0, 3, 1, 2);
    }

    private Scratch Padded(Tensor weight)
    {
        var shape = Shape;
        var row = DeepGradients.PaddedRow(shape, Lanes);
        var kernels = new Scratch((long)shape.Outputs * shape.Kernel * row);
        var from = TensorMemory.Floats(weight);
        for (var i = 0; i < shape.Outputs * shape.Kernel; i++)
            new ReadOnlySpan<float>(from + ((nint)i * shape.KernelRow), shape.KernelRow).CopyTo(new Span<float>(kernels.Floats + ((nint)i * row), shape.KernelRow));
        return kernels;
    }
}
