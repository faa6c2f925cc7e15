namespace Stn.Torch.Layers.Convolutions.Pooled;

/// <summary>The channels of an image with zeros around, as many as its padding and more to the right and below, and back.</summary>
internal static unsafe class PaddedImage
{
    internal static void Copy(ReadOnlySpan<float> image, float* padded, in PooledShape shape)
    {
        new Span<float>(padded, shape.Inputs * shape.Plane).Clear();
        for (var row = 0; row < shape.Inputs * shape.InnerHeight; row++)
            image.Slice(row * shape.InnerWidth, shape.InnerWidth).CopyTo(Row(padded, row, shape));
    }

    internal static void CopyBack(float* padded, Span<float> image, in PooledShape shape)
    {
        for (var row = 0; row < shape.Inputs * shape.InnerHeight; row++)
            Row(padded, row, shape).CopyTo(image.Slice(row * shape.InnerWidth, shape.InnerWidth));
    }

    private static Span<float> Row(float* padded, int row, in PooledShape shape)
    {
        var (channel, y) = Math.DivRem(row, shape.InnerHeight);
        var first = padded + ((nint)channel * shape.Plane) + ((nint)(y + shape.Padding) * shape.Stride) + shape.Padding;
        return new Span<float>(first, shape.InnerWidth);
    }
}
