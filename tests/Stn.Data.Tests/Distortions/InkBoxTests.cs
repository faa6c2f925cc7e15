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

    [Fact]
    public void No_ink_is_an_empty_box() => Assert.True(InkBox.Of(new byte[20], s_plane).IsEmpty);

    [Fact]
    public void A_row_that_cannot_see_the_ink_has_no_columns() =>
        Assert.Equal((0, 0), new InkBox(2, 1, 2, 1).Columns([1, 0, 5, 0, 1, 0], 0, s_plane, 5));

    [Fact]
    public void A_row_that_sees_the_ink_has_its_columns_and_one_or_two_to_spare()
    {
        // Ten source pixels, each half a pixel of the target apart: the ink, from pixel 3 to 5, reaches columns 4 to 12.
        var (first, end) = new InkBox(4, 0, 4, 0).Columns([1, 0, 0, 0, 1, 0], 0, new Plane(1, 10), 20);
        Assert.InRange(first, 4, 7);
        Assert.InRange(end, 12, 15);
    }
}
