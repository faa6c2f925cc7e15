using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using Stn.Data.Randomness;
using Stn.Data.Sources;
using Stn.Kernels;

namespace Stn.Data.Tests;

/// <summary>Small data sets made of nothing but arithmetic, the same on every machine.</summary>
internal static class Synthetic
{
    public static readonly Plane Plane = new(28, 28);

    /// <summary>Digit-like images: ink of random grey in the middle 20×20 pixels, labels 0 to 9.</summary>
    public static LabelledImages Digits(int count)
    {
        var pixels = new byte[count * Plane.Length];
        for (var i = 0; i < count; i++)
        {
            var random = new CounterRandom(1, RandomPurpose.Order, 0, i);
            for (var row = 4; row < 24; row++)
            {
                for (var column = 4; column < 24; column++)
                    pixels[(i * Plane.Length) + (row * 28) + column] = (byte)random.NextInt(256);
            }
        }

        return new LabelledImages(Plane, pixels, Enumerable.Range(0, count).Select(i => (byte)(i % 10)).ToArray());
    }

    public static byte[] IdxImages(LabelledImages images) =>
        [.. Words(0x803, images.Count, images.Plane.Height, images.Plane.Width), .. images.Pixels];

    public static byte[] IdxLabels(LabelledImages images) => [.. Words(0x801, images.Count), .. images.Labels];

    public static byte[] Words(params int[] words)
    {
        var bytes = new byte[4 * words.Length];
        for (var i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 * i), words[i]);
        return bytes;
    }

    public static byte[] Gzip(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(content);
        return compressed.ToArray();
    }

    public static DataFile FileOf(string name, byte[] content) =>
        new(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
}
