using Stn.Data.Distortions;
using Stn.Kernels;

namespace Stn.Data.Tests.Distortions;

public sealed class InkBoxTests
{
    private static readonly Plane s_plane = new(4, 5);

    [Fact]
    public void The_box_holds_the_outermost_ink()
    {
        var image = new byte[20];
        (image[6], image[13]) = (1, 9);
        Assert.Equal(new InkBox(1, 1, 3, 2), InkBox.Of(image, s_plane));
    }

    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(37)]
    public void A_single_pixel_is_the_box_whatever_the_width(int width)
    {
        var plane = new Plane(3, width);
        for (var at = 0; at < plane.Length; at++)
        {
            var image = new byte[plane.Length];
            image[at] = 1;
            Assert.Equal(new InkBox(at % width, at / width, at % width, at / width), InkBox.Of(image, plane));
        }
    }

    [Fact]
    public void No_ink_is_an_empty_box() => Assert.True(InkBox.Of(new byte[20], s_plane).IsEmpty);
}
