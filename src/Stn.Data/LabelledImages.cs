using System.Buffers.Binary;
using System.Security.Cryptography;
using Stn.Kernels;

namespace Stn.Data;

/// <summary>Grey images of one size with a label each, in memory: N×H×W bytes, image after image, row by row.</summary>
public sealed class LabelledImages
{
    private readonly ReadOnlyMemory<byte> _pixels;
    private readonly ReadOnlyMemory<byte> _labels;

    /// <summary>Wraps pixels and labels without copying them.</summary>
    /// <param name="plane">The size of an image.</param>
    /// <param name="pixels">N×H×W bytes, 0 black to 255 white.</param>
    /// <param name="labels">N labels.</param>
    /// <exception cref="ArgumentException">The pixels are not N images.</exception>
    public LabelledImages(Plane plane, ReadOnlyMemory<byte> pixels, ReadOnlyMemory<byte> labels)
    {
        if (pixels.Length != (long)labels.Length * plane.Length)
        {
            throw new ArgumentException(
                $"{labels.Length} images of {plane.Height}×{plane.Width} need {(long)labels.Length * plane.Length} bytes, got {pixels.Length}",
                nameof(pixels));
        }

        (Plane, _pixels, _labels) = (plane, pixels, labels);
    }

    /// <summary>The size of an image.</summary>
    public Plane Plane { get; }

    /// <summary>N, the number of images.</summary>
    public int Count => _labels.Length;

    /// <summary>All pixels, N×H×W.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels.Span;

    /// <summary>All labels, N.</summary>
    public ReadOnlySpan<byte> Labels => _labels.Span;

    /// <summary>The pixels of image <paramref name="index"/>, H×W.</summary>
    public ReadOnlySpan<byte> Image(int index) => _pixels.Span.Slice(index * Plane.Length, Plane.Length);

    /// <summary>The images <paramref name="start"/> … <paramref name="start"/> + <paramref name="count"/> − 1, sharing memory with these.</summary>
    public LabelledImages Slice(int start, int count) =>
        new(Plane, _pixels.Slice(start * Plane.Length, count * Plane.Length), _labels.Slice(start, count));

    /// <summary>SHA-256 of N, H, W as little-endian 32-bit numbers, then pixels, then labels; in lower-case hexadecimal digits.</summary>
    public string Sha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> sizes = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(sizes, Count);
        BinaryPrimitives.WriteInt32LittleEndian(sizes[4..], Plane.Height);
        BinaryPrimitives.WriteInt32LittleEndian(sizes[8..], Plane.Width);
        hash.AppendData(sizes);
        hash.AppendData(Pixels);
        hash.AppendData(Labels);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
