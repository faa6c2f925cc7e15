using Stn.Data.Distortions;

namespace Stn.Data.Tests.Distortions;

public sealed class InkReachTests
{
    [Fact]
    public void A_row_that_cannot_see_the_ink_has_no_columns()
    {
        var (low, high) = Columns(new InkReach(1, 5, 5, 2, 2), origin: 5);
        Assert.True(low > high);
    }

    [Fact]
    public void A_row_that_sees_the_ink_has_its_columns()
    {
        // Ten source pixels, each half a pixel of the target apart: the ink, from pixel 3 to 5, reaches columns 6.5 to 10.5.
        var (low, high) = Columns(new InkReach(1, 10, 20, 4, 4), origin: 0);
        Assert.Equal(6.5, low, 1e-9);
        Assert.Equal(10.5, high, 1e-9);
    }

    [Fact]
    public void The_other_way_round_it_has_the_mirrored_columns()
    {
        var (low, high) = Columns(new InkReach(-1, 10, 20, 4, 4), origin: 0);
        Assert.Equal(8.5, low, 1e-9);
        Assert.Equal(12.5, high, 1e-9);
    }

    [Fact]
    public void A_coordinate_that_does_not_change_along_the_row_keeps_all_columns() =>
        Assert.Equal((0, 19), Columns(new InkReach(1e-9, 10, 20, 4, 4), origin: 7));

    private static (double Low, double High) Columns(InkReach reach, double origin)
    {
        var (low, high) = (0.0, 19.0);
        reach.Narrow(origin, ref low, ref high);
        return (low, high);
    }
}
