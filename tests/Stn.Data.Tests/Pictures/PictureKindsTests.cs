using System.Buffers.Binary;
using System.IO.Compression;
using Stn.Data.Pictures;

namespace Stn.Data.Tests.Pictures;

public class PictureKindsTests
{
    private const byte Grey = 0, Rgb = 2, Palette = 3, GreyAlpha = 4, Rgba = 6;

    [Fact]
    public void A_grey_PNG_becomes_colour()
    {
        var picture = Picture.Decode(Png(2, 8, Grey, [0, 10, 200]));
        Assert.Equal((3, 1, 2), (picture.Channels, picture.Height, picture.Width));
        Assert.Equal([10, 10, 10, 200, 200, 200], picture.Pixels.ToArray());
    }

    [Fact]
    public void Sixteen_bits_a_channel_become_eight()
    {
        var picture = Picture.Decode(Png(1, 16, Rgb, [0, 10, 99, 20, 99, 30, 99]));
        Assert.Equal([10, 20, 30], picture.Pixels.ToArray());
    }

    [Fact]
    public void A_palette_PNG_becomes_colour()
    {
        var picture = Picture.Decode(Png(3, 8, Palette, [0, 1, 0, 1], ("PLTE", [1, 2, 3, 200, 100, 50])));
        Assert.Equal([200, 100, 50, 1, 2, 3, 200, 100, 50], picture.Pixels.ToArray());
    }

    [Fact]
    public void A_palette_with_transparency_becomes_colour_with_alpha()
    {
        var picture = Picture.Decode(Png(2, 8, Palette, [0, 1, 0], ("PLTE", [1, 2, 3, 200, 100, 50]), ("tRNS", [0, 255])));
        Assert.Equal(4, picture.Channels);
        Assert.Equal([200, 100, 50, 255], picture.At(0, 0).ToArray());
        Assert.Equal(0, picture.At(0, 1)[3]);
    }

    [Theory]
    [InlineData(GreyAlpha, new byte[] { 0, 90, 255 })]
    [InlineData(Rgba, new byte[] { 0, 90, 90, 90, 255 })]
    public void An_opaque_PNG_with_alpha_keeps_its_channel(byte kind, byte[] line)
    {
        var picture = Picture.Decode(Png(1, 8, kind, line));
        Assert.Equal([90, 90, 90, 255], picture.Pixels.ToArray());
    }

    // One line of pixels, which begins with its filter, 0 for none.
    private static byte[] Png(int width, byte bits, byte kind, byte[] line, params (string Name, byte[] Data)[] extra)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(file, "IHDR", [0, 0, 0, (byte)width, 0, 0, 0, 1, bits, kind, 0, 0, 0]);
        foreach (var (name, data) in extra)
            Chunk(file, name, data);

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(line);
        Chunk(file, "IDAT", packed.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static void Chunk(MemoryStream file, string name, byte[] data)
    {
        byte[] named = [.. System.Text.Encoding.ASCII.GetBytes(name), .. data];
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        file.Write(word);
        file.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(word, Checksum(named));
        file.Write(word);
    }

    // CRC-32 as PNG defines it, bit by bit.
    private static uint Checksum(byte[] bytes)
    {
        var checksum = uint.MaxValue;
        foreach (var value in bytes)
        {
            checksum ^= value;
            for (var bit = 0; bit < 8; bit++)
                checksum = (checksum >> 1) ^ ((checksum & 1) * 0xEDB88320u);
        }

        return ~checksum;
    }
}
