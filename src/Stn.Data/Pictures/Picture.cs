namespace Stn.Data.Pictures;

/// <summary>A picture in memory: a byte a channel, pixel by pixel, row by row.</summary>
/// <remarks>Convention: (H, W, C) with C = 3 (red, green, blue) or 4 (and alpha, not premultiplied, 255 opaque).</remarks>
public sealed partial class Picture
{
    /// <summary>The most pixels that a picture may have; a file that claims more is refused before it is decoded.</summary>
    public const int MaxPixels = 100_000_000;

    /// <summary>The most pixels along one side.</summary>
    public const int MaxSide = 65_535;

    private readonly byte[] pixels;

    /// <summary>A black picture (a transparent one, with alpha).</summary>
    /// <param name="height">H, at least 1.</param>
    /// <param name="width">W, at least 1.</param>
    /// <param name="channels">3 or 4.</param>
    /// <exception cref="ArgumentException">The size is not positive or too large, or the channels are neither 3 nor 4.</exception>
    public Picture(int height, int width, int channels = 3)
    {
        CheckSize(height, width);
        if (channels is not (3 or 4))
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "a picture has 3 or 4 channels");

        (Height, Width, Channels) = (height, width, channels);
        pixels = new byte[height * width * channels];
    }

    /// <summary>H, the number of rows.</summary>
    public int Height { get; }

    /// <summary>W, the number of pixels in a row.</summary>
    public int Width { get; }

    /// <summary>C: 3, or 4 with alpha.</summary>
    public int Channels { get; }

    /// <summary>All bytes, (H, W, C).</summary>
    public Span<byte> Pixels => pixels;

    /// <summary>The <see cref="Channels"/> bytes of one pixel.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The pixel lies outside.</exception>
    public Span<byte> At(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Height, nameof(row));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Width, nameof(column));
        return pixels.AsSpan(((row * Width) + column) * Channels, Channels);
    }

    /// <summary>A grey picture of numbers: 0 is black, 1 white, what lies outside is clamped, NaN is black.</summary>
    /// <param name="values">(H, W), row by row.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <exception cref="ArgumentException">There are not H·W values, or the size is not one of a picture.</exception>
    public static Picture FromGrey(ReadOnlySpan<float> values, int height, int width)
    {
        var picture = new Picture(height, width);
        if (values.Length != height * width)
            throw new ArgumentException($"a picture of {height}×{width} needs {height * width} values, got {values.Length}", nameof(values));

        for (var i = 0; i < values.Length; i++)
        {
            // A float's conversion saturates, and takes NaN to 0.
            var grey = (byte)Math.Clamp(MathF.Round(values[i] * 255), 0, 255);
            picture.pixels.AsSpan(3 * i, 3).Fill(grey);
        }

        return picture;
    }

    /// <summary>A picture of an image of numbers: 0 is dark, 1 full, what lies outside is clamped, NaN is dark.</summary>
    /// <param name="values">(C, H, W): one plane of grey, or three of red, green and blue.</param>
    /// <param name="channels">C.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <exception cref="ArgumentException">C is neither 1 nor 3, there are not C·H·W values, or the size is not one of a picture.</exception>
    public static Picture FromPlanes(ReadOnlySpan<float> values, int channels, int height, int width)
    {
        if (channels == 1)
            return FromGrey(values, height, width);
        var picture = new Picture(height, width);
        if (channels != 3 || values.Length != 3 * height * width)
            throw new ArgumentException($"a picture of {height}×{width} needs 1 or 3 planes of {height * width} values, got {channels} planes and {values.Length} values", nameof(values));

        for (var i = 0; i < values.Length; i++)
            picture.pixels[(i % (height * width) * 3) + (i / (height * width))] = (byte)Math.Clamp(MathF.Round(values[i] * 255), 0, 255);
        return picture;
    }

    /// <summary>The luma of each pixel, 0 to 1: (0.299 R + 0.587 G + 0.114 B)/255; alpha plays no part.</summary>
    /// <returns>(H, W), row by row.</returns>
    public float[] ToGrey()
    {
        var grey = new float[Height * Width];
        for (var i = 0; i < grey.Length; i++)
        {
            var pixel = pixels.AsSpan(i * Channels, 3);
            // Whole numbers until the last step, so that a grey level comes back as it went in.
            grey[i] = ((299 * pixel[0]) + (587 * pixel[1]) + (114 * pixel[2])) / 255_000f;
        }

        return grey;
    }

    internal static void CheckSize(int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, MaxSide);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MaxSide);
        if ((long)height * width > MaxPixels)
            throw new ArgumentException($"a picture has at most {MaxPixels} pixels, not {height}×{width}");
    }
}
