namespace Stn.Torch.Layers.Convolutions.Pooled;

/// <summary>The channels of an image with zeros to the right and below, and back.</summary>
internal static unsafe class PaddedImage
{
    internal static void Copy(ReadOnlySpan<float> image, float* padded, in PooledShape shape)
    {
        new Span<float>(padded, shape.Inputs * shape.Plane).Clear();
        for (var row = 0; row < shape.Inputs * shape.Height; row++)
            image.Slice(row * shape.Width, shape.Width).CopyTo(Row(padded, row, shape));
    }

    internal static void CopyBack(float* padded, Span<float> image, in PooledShape shape)
    {
        for (var row = 0; row < shape.Inputs * shape.Height; row++)
            Row(padded, row, shape).CopyTo(image.Slice(row * shape.Width, shape.Width));
    }

    private static Span<float> Row(float* padded, int row, in PooledShape shape)
    {
        var (channel, y) = Math.DivRem(row, shape.Height);
        return new Span<float>(padded + (channel * shape.Plane) + (y * shape.Stride), shape.Width);
    }
}
