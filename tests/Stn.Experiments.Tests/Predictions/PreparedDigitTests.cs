using Stn.Data.Pictures;
using Stn.Experiments.Predictions;
using Stn.Kernels;
using Stn.Testing;

namespace Stn.Experiments.Tests.Predictions;

public sealed class PreparedDigitTests : TensorTest
{
    private static readonly Plane Canvas = new(42, 42);

    [Fact]
    public void A_picture_of_the_networks_size_is_read_pixel_by_pixel()
    {
        var values = new float[42 * 42];
        values[50] = 1;
        var digit = PreparedDigit.Of(Picture.FromGrey(values, 42, 42), Canvas);
        Assert.Equal(values, digit.Values);
        Assert.Equal("light ink; as it is", digit.Preparation);
    }

    [Fact]
    public void Dark_ink_on_light_paper_becomes_light_ink_on_black()
    {
        var values = Enumerable.Repeat(1f, 42 * 42).ToArray();
        values[50] = 0;
        var digit = PreparedDigit.Of(Picture.FromGrey(values, 42, 42), Canvas);
        Assert.Equal((1f, 0f), (digit.Values[50], digit.Values[0]));
        Assert.StartsWith("dark ink, inverted", digit.Preparation, StringComparison.Ordinal);
        Assert.Equal(values, PreparedDigit.Of(Picture.FromGrey(values, 42, 42), Canvas, Ink.Light).Values);
    }

    [Fact]
    public void What_is_transparent_is_paper()
    {
        var picture = new Picture(42, 42, 4);
        picture.At(3, 4)[3] = 255; // one black pixel; the rest is invisible
        var digit = PreparedDigit.Of(picture, Canvas);
        Assert.Equal((1f, 0f), (digit.Values[(3 * 42) + 4], digit.Values[0]));
    }

    [Fact]
    public void A_larger_picture_is_scaled_as_a_whole_to_a_digits_frame_in_the_middle()
    {
        // 280×140, all light: 28×14 of ones, whatever lies around it.
        var digit = PreparedDigit.Of(Picture.FromGrey(Enumerable.Repeat(1f, 280 * 140).ToArray(), 280, 140), Canvas, Ink.Light);
        Assert.Equal("light ink; 140x280 scaled to 14x28 in the middle of 42x42", digit.Preparation);
        for (var i = 0; i < digit.Values.Length; i++)
            Assert.Equal(i / 42 is >= 7 and < 35 && i % 42 is >= 14 and < 28 ? 1f : 0f, digit.Values[i]);
    }
}
