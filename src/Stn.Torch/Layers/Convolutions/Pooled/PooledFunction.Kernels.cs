using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Stn.Torch.Layers.Convolutions.Pooled;

/// <content>From tensors to kernels, on all threads.</content>
internal sealed unsafe partial class PooledFunction
{
    // The batch is always split into so many parts, whose sums are added in order: the same bits for any number of threads.
    private const int Parts = 16;

    private static float* Floats(Tensor tensor) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.DangerousGetSpan<float>()));

    private static byte* Bytes(Tensor tensor) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.DangerousGetSpan<byte>()));

    private static ReadOnlySpan<float> Image(float* images, int image, in PooledShape shape) =>
        new(images + ((nint)image * ImageLength(shape)), ImageLength(shape));

    private static int ImageLength(in PooledShape shape) => shape.Inputs * shape.Height * shape.Width;

    private void Compute<T>(Tensor[] inputs, Tensor output, Tensor places)
        where T : struct, ILanes<T>
    {
        var shape = _shape;
        var (image, weight, bias) = (inputs[0].Contiguous(), inputs[1].Contiguous(), inputs[2].Contiguous());
        var packed = PooledForward.Pack(weight.DangerousGetSpan<float>(), bias.DangerousGetSpan<float>(), shape, T.Count);
        float* from = Floats(image), to = Floats(output);
        var place = Bytes(places);
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

    private void Differentiate<T>(Tensor[] inputs, Tensor gradient, bool[] wanted, Tensor[] results)
        where T : struct, ILanes<T>
    {
        var shape = _shape;
        if (wanted[0])
            DifferentiateImage<T>(inputs[1].Contiguous(), gradient, results[0]);
        if (!wanted[1] && !wanted[2])
            return;

        var parts = Math.Min(Parts, shape.Images);
        var length = PooledWeightGradient.Length(shape, T.Count);
        using var sums = new Scratch((long)parts * length);
        var image = inputs[0].Contiguous();
        float* from = Floats(image), flow = Floats(gradient), to = sums.Floats;
        var place = Bytes(_places!);
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

    private void DifferentiateImage<T>(Tensor weight, Tensor gradient, Tensor result)
        where T : struct, ILanes<T>
    {
        var shape = _shape;
        using var kernels = new Scratch(PooledInputGradient.PackedLength(shape, T.Count));
        PooledInputGradient.Pack(weight.DangerousGetSpan<float>(), shape, T.Count, kernels.Floats);
        float* packed = kernels.Floats, flow = Floats(gradient), to = Floats(result);
        var place = Bytes(_places!);
        Parallel.For(shape.Images, i =>
        {
            using var padded = new Scratch((long)shape.Inputs * shape.Plane);
            var flows = new Flow[shape.Outputs + 1];
            var first = (nint)i * shape.Windows * shape.Outputs;
            PooledInputGradient.Add<T>(packed, flow + first, place + first, shape, flows, padded.Floats);
            PaddedImage.CopyBack(padded.Floats, new Span<float>(to + ((nint)i * ImageLength(shape)), ImageLength(shape)), shape);
        });
    }
}
