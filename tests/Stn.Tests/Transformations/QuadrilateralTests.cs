using Stn.Kernels;
using Stn.Transformations;

namespace Stn.Tests.Transformations;

public sealed class QuadrilateralTests
{
    private static readonly Plane Source = new(30, 50);
    private static readonly (double X, double Y)[] Page = [(4, 3), (41, 7), (44.5, 25), (1, 21)];

    [Theory]
    [InlineData(AlignCorners.False)]
    [InlineData(AlignCorners.True)]
    public void The_corner_pixels_read_the_corners_and_nothing_inside_is_behind_the_horizon(AlignCorners align)
    {
        var target = new Plane(12, 17);
        var page = new Quadrilateral(Page).Transformation(Source, target, align);
        (int X, int Y)[] corners = [(0, 0), (16, 0), (16, 11), (0, 11)];
        for (var i = 0; i < 4; i++)
        {
            var read = Read(page, corners[i], target, align);
            Assert.Equal(Page[i].X, read.X, 9);
            Assert.Equal(Page[i].Y, read.Y, 9);
        }

        // The diagonals of both cross in the same point.
        var middle = Read(page, (8, 5.5), target, align);
        Assert.Equal(0, Cross(Page[0], Page[2], (middle.X, middle.Y)), 8);
        Assert.Equal(0, Cross(Page[1], Page[3], (middle.X, middle.Y)), 8);
    }

    [Fact]
    public void The_pictures_own_corners_are_the_identity_and_keep_its_size()
    {
        var whole = new Quadrilateral((0, 0), (49, 0), (49, 29), (0, 29));
        Assert.Equal(Source, whole.NaturalSize);
        var theta = whole.Transformation(Source, Source, AlignCorners.False).Theta;
        Assert.Equal(new ProjectiveTransformation().Identity, theta, (x, y) => Math.Abs(x - y) < 1e-14);
    }

    [Fact]
    public void The_other_way_around_mirrors()
    {
        var mirrored = new Quadrilateral((49, 0), (0, 0), (0, 29), (49, 29)).Transformation(Source, Source, AlignCorners.True);
        Assert.Equal(-0.5, mirrored.Map(new NormalizedPoint(0.5, 0.25)).X, 12);
    }

    [Theory]
    [InlineData(0, 0, 10, 0, 20, 0, 0, 10)] // three on a line
    [InlineData(0, 0, 10, 0, 10, 0, 0, 10)] // twice the same
    [InlineData(0, 0, 10, 10, 10, 0, 0, 10)] // crossed sides
    [InlineData(0, 0, 10, 0, 2, 2, 0, 10)] // hollow
    [InlineData(5, 5, 5, 5, 5, 5, 5, 5)]
    [InlineData(0, 0, 10, 0, 10, double.NaN, 0, 10)]
    public void Corners_of_no_convex_quadrilateral_are_refused_with_a_reason(
        double x0, double y0, double x1, double y1, double x2, double y2, double x3, double y3)
    {
        var error = Assert.Throws<ArgumentException>(() => new Quadrilateral((x0, y0), (x1, y1), (x2, y2), (x3, y3)));
        Assert.Contains($"({x2}, {y2})", error.Message, StringComparison.Ordinal);
        Assert.Contains("convex", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Four_corners_and_two_rows_and_columns_are_needed()
    {
        Assert.Contains("got 3", Assert.Throws<ArgumentException>(() => new Quadrilateral((0, 0), (1, 0), (1, 1))).Message, StringComparison.Ordinal);
        var error = Assert.Throws<ArgumentException>(() => new Quadrilateral(Page).Transformation(Source, new Plane(1, 9), AlignCorners.False));
        Assert.Contains("9x1", error.Message, StringComparison.Ordinal);
    }

    private static NormalizedPoint Read(FamilyMember page, (double X, double Y) pixel, Plane target, AlignCorners align) =>
        PixelMatrix.ToPixels(Source, align).Map(page.Map(PixelMatrix.FromPixels(target, align).Map(new NormalizedPoint(pixel.X, pixel.Y))));

    private static double Cross((double X, double Y) from, (double X, double Y) to, (double X, double Y) point) =>
        ((to.X - from.X) * (point.Y - from.Y)) - ((to.Y - from.Y) * (point.X - from.X));
}
