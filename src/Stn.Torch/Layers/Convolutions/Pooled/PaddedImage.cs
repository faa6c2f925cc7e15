namespace Stn.Torch.Layers.Convolutions.Pooled;

/// <summary>The channels of an image with zeros around, as many as its padding and more to the right and below, and back from their gradient.</summary>
internal static unsafe class PaddedImage
{
    internal static void Copy(ReadOnlySpan<float> image, float* padded, in PooledShape shape)
    {
        new Span<float>(padded, shape.Inputs * shape.Plane).Clear();
        for (var row = 0; row < shape.Inputs * shape.InnerHeight; row++)
            image.Slice(row * shape.InnerWidth, shape.InnerWidth).CopyTo(Row(padded, row, shape));
    }

    /// <summary>From an image with its channels innermost.</summary>
    internal static void CopyBack(float* innermost, Span<float> image, in PooledShape shape)
    {
        for (var row = 0; row < shape.Inputs * shape.InnerHeight; row++)
        {
            var (channel, y) = Math.DivRem(row, shape.InnerHeight);
            var from = innermost + ((y + shape.Padding) * (nint)shape.ImageRow) + (shape.Padding * shape.Inputs) + channel;
            var to = image.Slice(row * shape.InnerWidth, shape.InnerWidth);
            for (var x = 0; x < to.Length; x++)
                to[x] = from[x * shape.Inputs];
        }
    }

    private static Span<float> Row(float* padded, int row, in PooledShape shape)
    {
        var (channel, y) = Math.DivRem(row, shape.InnerHeight);
        var first = padded + ((nint)channel * shape.Plane) + ((nint)(y + shape.Padding) * shape.Stride) + shape.Padding;
        return new Span<float>(first, shape.InnerWidth);
    }
}
