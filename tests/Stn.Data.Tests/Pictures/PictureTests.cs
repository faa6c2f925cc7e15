using Stn.Data.Pictures;

namespace Stn.Data.Tests.Pictures;

public class PictureTests
{
    [Fact]
    public void A_pixel_is_found_at_its_row_and_column()
    {
        var picture = new Picture(2, 3);
        picture.At(1, 2)[0] = 7;
        Assert.Equal(7, picture.Pixels[(((1 * 3) + 2) * 3) + 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => picture.At(2, 0).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => picture.At(0, -1).Length);
    }

    [Theory]
    [InlineData(0, 1, 3)]
    [InlineData(1, -1, 3)]
    [InlineData(1, 1, 1)]
    [InlineData(70_000, 1, 3)]
    [InlineData(20_000, 20_000, 3)]
    public void A_size_that_no_picture_has_is_refused(int height, int width, int channels) =>
        Assert.ThrowsAny<ArgumentException>(() => new Picture(height, width, channels));

    [Fact]
    public void Grey_values_are_rounded_and_clamped()
    {
        var picture = Picture.FromGrey([0, 1, 0.5f, -3, 9, float.NaN], 2, 3);
        byte[] expected = [0, 255, 128, 0, 255, 0];
        Assert.Equal(expected, Enumerable.Range(0, 6).Select(i => picture.At(i / 3, i % 3)[1]));
        Assert.Throws<ArgumentException>(() => Picture.FromGrey(new float[5], 2, 3));
    }

    [Fact]
    public void Every_grey_level_comes_back_as_it_went_in()
    {
        var levels = Enumerable.Range(0, 256).Select(i => i / 255f).ToArray();
        Assert.Equal(levels, Picture.FromGrey(levels, 16, 16).ToGrey());
    }

    [Fact]
    public void Grey_weighs_the_channels_as_the_eye_does()
    {
        var picture = new Picture(1, 3);
        for (var i = 0; i < 3; i++)
            picture.At(0, i)[i] = 255;
        Assert.Equal([0.299f, 0.587f, 0.114f], picture.ToGrey());
    }
}
