using Stn.Data.Pictures;

namespace Stn.Data.Tests.Pictures;

public class CanvasTextTests
{
    [Fact]
    public void Text_stands_on_its_baseline_within_its_measured_width()
    {
        using var canvas = new Canvas(40, 200, Colour.White);
        canvas.Text("Hx", 10, 30, 20, Colour.Black);
        var (left, top, right, bottom) = Ink(canvas);
        Assert.InRange(left, 10, 13);
        Assert.InRange(right, 15, 10 + Canvas.MeasureText("Hx", 20) + 1);
        Assert.InRange(top, 12, 18);
        Assert.InRange(bottom, 28, 30);
    }

    [Theory]
    [InlineData(TextAlign.Left, 100, 103)]
    [InlineData(TextAlign.Centre, 70, 100)]
    [InlineData(TextAlign.Right, 20, 72)]
    public void Text_is_aligned(TextAlign align, int from, int to)
    {
        using var canvas = new Canvas(40, 200, Colour.White);
        canvas.Text("digits", 100, 30, 16, Colour.Black, align);
        Assert.InRange(Ink(canvas).Left, from, to);
    }

    [Fact]
    public void More_text_and_larger_text_and_bold_text_are_wider()
    {
        var width = Canvas.MeasureText("angle", 12);
        Assert.True(Canvas.MeasureText("angles", 12) > width);
        Assert.True(Canvas.MeasureText("angle", 24) > 1.7 * width);
        Assert.True(Canvas.MeasureText("angle", 12, bold: true) > width);
        Assert.Equal(0, Canvas.MeasureText("", 12));
    }

    [Fact]
    public void Greek_letters_signs_and_ampersands_are_text()
    {
        using var canvas = new Canvas(40, 200, Colour.White);
        canvas.Text("θ = −45° & <b> &lt;", 10, 30, 16, Colour.Black);
        Assert.True(Canvas.MeasureText("&lt;", 16) > 2 * Canvas.MeasureText("<", 16));
        Assert.True(Ink(canvas).Right > 100);
    }

    private static (int Left, int Top, int Right, int Bottom) Ink(Canvas canvas)
    {
        var picture = canvas.ToPicture();
        var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, -1, -1);
        for (var i = 0; i < picture.Height * picture.Width; i++)
        {
            var (y, x) = (i / picture.Width, i % picture.Width);
            if (picture.At(y, x)[0] < 128)
                (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
        }

        return (left, top, right, bottom);
    }
}
