using System.Numerics;
using Stn.Data.Pictures;

namespace Stn.Data.Tests.Pictures;

public sealed class CanvasTests : IDisposable
{
    private static readonly Colour Red = new(255, 0, 0);

    private readonly Canvas canvas = new(20, 30, Colour.White);

    public void Dispose() => canvas.Dispose();

    [Fact]
    public void A_new_canvas_is_of_one_colour_and_clear_covers_it()
    {
        Assert.All(canvas.ToPicture().Pixels.ToArray(), value => Assert.Equal(255, value));
        canvas.Clear(Colour.Black);
        Assert.All(canvas.ToPicture().Pixels.ToArray(), value => Assert.Equal(0, value));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Canvas(0, 1, Red));
    }

    [Fact]
    public void A_rectangle_covers_as_many_pixels_as_it_says()
    {
        canvas.FillRectangle(28, 3, 5, 4, Red);
        canvas.FillRectangle(0, 0, 0, 4, Red);
        Assert.Equal(2 * 4, Changed());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_picture_is_drawn_with_sharp_squares(int zoom)
    {
        var picture = Samples.Noise(4, 5);
        canvas.Draw(picture, 2, 1, zoom);
        var drawn = canvas.ToPicture();
        for (var i = 0; i < 4 * 5 * zoom * zoom; i++)
        {
            var (y, x) = (i / (5 * zoom), i % (5 * zoom));
            Assert.Equal(picture.At(y / zoom, x / zoom), drawn.At(1 + y, 2 + x));
        }
    }

    [Fact]
    public void A_picture_that_reaches_outside_is_cut_off()
    {
        canvas.Draw(Samples.Noise(50, 50), -10, -10);
        Assert.Equal(Samples.Noise(50, 50).At(10, 10), canvas.ToPicture().At(0, 0));
    }

    [Fact]
    public void Alpha_mixes_with_what_is_below()
    {
        var glass = new Picture(1, 1, channels: 4);
        new byte[] { 0, 0, 0, 128 }.CopyTo(glass.Pixels);
        canvas.Draw(glass, 0, 0);
        Assert.InRange(canvas.ToPicture().At(0, 0)[0], 124, 130);
    }

    [Fact]
    public void A_line_along_a_row_of_pixels_covers_them_wholly()
    {
        canvas.Line(new(5, 10.5f), new(25, 10.5f), Red);
        var drawn = canvas.ToPicture();
        Assert.Equal([255, 0, 0], drawn.At(10, 15).ToArray());
        Assert.Equal([255, 255, 255], drawn.At(9, 15).ToArray());
        Assert.Equal([255, 255, 255], drawn.At(11, 15).ToArray());
    }

    [Fact]
    public void A_line_between_two_rows_is_shared_by_both()
    {
        canvas.Line(new(5, 10), new(25, 10), Colour.Black);
        var drawn = canvas.ToPicture();
        Assert.InRange(drawn.At(9, 15)[0], 120, 136);
        Assert.Equal(drawn.At(9, 15), drawn.At(10, 15));
    }

    [Fact]
    public void A_thicker_line_covers_more()
    {
        canvas.Line(new(5.5f, 5.5f), new(20.5f, 15.5f), Red);
        var thin = Changed();
        canvas.Line(new(5.5f, 5.5f), new(20.5f, 15.5f), Red, thickness: 4);
        Assert.InRange(Changed(), 2 * thin, 6 * thin);
    }

    [Fact]
    public void A_line_without_length_is_a_dot()
    {
        canvas.Line(new(3.5f, 3.5f), new(3.5f, 3.5f), Red, 3);
        var picture = canvas.ToPicture();
        Assert.Equal((0, 0, 255), (picture.At(3, 3)[1], picture.At(3, 4)[1], picture.At(3, 6)[1]));
    }

    [Fact]
    public void A_line_of_many_pieces_is_as_one_piece()
    {
        canvas.Polyline([new(2, 4), new(6.3f, 4), new(8, 4), new(8, 4), new(20, 4)], Red, 1); // half over each of two rows
        using var whole = new Canvas(20, 30, Colour.White);
        whole.Line(new(2, 4), new(20, 4), Red, 1);
        Assert.Equal(whole.ToPicture().Pixels.ToArray(), canvas.ToPicture().Pixels.ToArray());
    }

    [Fact]
    public void A_polygon_is_closed_and_a_polyline_is_not()
    {
        Vector2[] corners = [new(4.5f, 4.5f), new(24.5f, 4.5f), new(24.5f, 14.5f), new(4.5f, 14.5f)];
        canvas.Polyline(corners, Red);
        Assert.Equal([255, 255, 255], canvas.ToPicture().At(9, 4).ToArray());
        canvas.Polygon(corners, Red);
        Assert.Equal([255, 0, 0], canvas.ToPicture().At(9, 4).ToArray());
    }

    [Fact]
    public void Lines_without_points_or_far_away_or_not_finite_draw_nothing()
    {
        canvas.Polygon([], Red);
        canvas.Polyline([new(1, 1)], Red);
        canvas.Line(new(1e9f, 1e9f), new(2e9f, 3e9f), Red);
        canvas.Line(new(-1e9f, 5), new(-5e8f, 6), Red);
        canvas.Line(new(float.NaN, 1), new(5, float.PositiveInfinity), Red);
        Assert.Equal(0, Changed());
    }

    private int Changed()
    {
        var drawn = canvas.ToPicture();
        return Enumerable.Range(0, drawn.Height * drawn.Width).Count(i => drawn.Pixels.Slice(3 * i, 3).ContainsAnyExcept((byte)255));
    }
}
