using System.Buffers.Binary;
using Stn.Data.Pictures;

namespace Stn.Data.Tests.Pictures;

public sealed class PictureFilesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 17)]
    [InlineData(31, 1)]
    [InlineData(42, 42)]
    [InlineData(113, 257)]
    public void A_picture_comes_back_from_PNG_bit_for_bit(int height, int width)
    {
        var picture = Samples.Noise(height, width);
        picture.SavePng(folder.At("a.png"));
        var back = Picture.Load(folder.At("a.png"));
        Assert.Equal((height, width, 3), (back.Height, back.Width, back.Channels));
        Assert.Equal(picture.Pixels.ToArray(), back.Pixels.ToArray());
    }

    [Fact]
    public void Alpha_comes_back_to_seven_bits_and_exactly_at_both_ends()
    {
        var picture = Samples.Noise(16, 16, channels: 4);
        for (var i = 0; i < 256; i++)
            picture.Pixels[(4 * i) + 3] = (byte)i;

        var back = Picture.Decode(picture.ToPng());
        Assert.Equal(4, back.Channels);
        for (var i = 0; i < 256; i++)
        {
            Assert.Equal(picture.Pixels.Slice(4 * i, 3), back.Pixels.Slice(4 * i, 3));
            Assert.InRange(back.Pixels[(4 * i) + 3] - i, -1, 1);
        }

        Assert.Equal((0, 255), (back.Pixels[3], back.Pixels[^1]));
        Assert.Equal(back.Pixels.ToArray(), Picture.Decode(back.ToPng()).Pixels.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    public void A_JPEG_is_decoded_whatever_its_name(int size)
    {
        var picture = Samples.Blob(size);
        var back = Picture.Load(folder.Write("a.png", picture.ToJpeg()));
        Assert.Equal((size, size, 3), (back.Height, back.Width, back.Channels));
        for (var i = 0; i < picture.Pixels.Length; i++)
            Assert.InRange(back.Pixels[i] - picture.Pixels[i], -6, 6);
    }

    [Fact]
    public void A_file_is_replaced_whole_and_nothing_else_is_left()
    {
        var path = folder.Write("a.png", [1, 2, 3]);
        Samples.Noise(3, 3).SavePng(path);
        Assert.Equal(3, Picture.Load(path).Height);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        Assert.ThrowsAny<IOException>(() => Samples.Noise(3, 3).SavePng(folder.At("no/such/folder.png")));
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var e = Assert.Throws<FileNotFoundException>(() => Picture.Load(folder.At("absent.png")));
        Assert.Contains("absent.png: no such file", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_picture_is_named_with_the_reason()
    {
        AssertBroken("empty", []);
        AssertBroken("neither a PNG nor a JPEG", "Label,x,y\n"u8.ToArray());
        AssertBroken("neither a PNG nor a JPEG", "GIF89a"u8.ToArray());
    }

    [Fact]
    public void A_picture_cut_off_anywhere_is_refused()
    {
        byte[] png = Samples.Noise(9, 9).ToPng(), jpeg = Samples.Blob(40).ToJpeg();
        for (var length = 8; length < png.Length; length++)
            AssertBroken("cut off", png[..length]);
        for (var length = 3; length < jpeg.Length; length++)
            AssertBroken("cut off", jpeg[..length]);
    }

    [Fact]
    public void A_damaged_picture_is_refused()
    {
        var png = Samples.Noise(9, 9).ToPng();
        png[60] ^= 0x40;
        AssertBroken("a damaged Png picture", png);
        AssertBroken("a damaged Jpeg picture", [0xFF, 0xD8, 0xFF, 0xD9]);
    }

    [Theory]
    [InlineData(50_000, 50_000)]
    [InlineData(1, int.MaxValue)]
    public void A_picture_too_large_is_refused_before_it_is_decoded(int width, int height)
    {
        var png = Samples.Noise(2, 2).ToPng();
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        AssertBroken($"too large: {width}×{height}", png);
    }

    [Fact]
    public void A_CMYK_JPEG_is_refused()
    {
        // A frame header of 8×8 pixels and four components, then the end.
        AssertBroken("CMYK", [0xFF, 0xD8, 0xFF, 0xC0, 0, 8, 8, 0, 8, 0, 8, 4, 0xFF, 0xD9]);
    }

    private void AssertBroken(string reason, byte[] bytes)
    {
        var path = folder.Write("broken.png", bytes);
        var e = Assert.Throws<InvalidDataException>(() => Picture.Load(path));
        Assert.StartsWith($"{path}: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }
}
