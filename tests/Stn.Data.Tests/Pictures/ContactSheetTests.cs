using Stn.Data.Pictures;

namespace Stn.Data.Tests.Pictures;

public class ContactSheetTests
{
    private static readonly Colour Red = new(200, 30, 30);

    [Fact]
    public void Pictures_stand_in_rows_and_columns_with_sharp_pixels()
    {
        var (first, last) = (Samples.Noise(8, 8, seed: 1), Samples.Noise(8, 8, seed: 2));
        var sheet = new ContactSheet("", 2, [new(first, ""), new(first, ""), new(last, "")]) { Zoom = 3, Padding = 10 }.Render();
        Assert.Equal((10 + (2 * 34), 10 + (2 * 34)), (sheet.Height, sheet.Width));
        Assert.Equal(first.At(7, 7), sheet.At(10 + 23, 10 + 23));
        Assert.Equal(first.At(0, 0), sheet.At(10, 10 + 34));
        Assert.Equal(last.At(0, 0), sheet.At(10 + 34, 10));
    }

    [Fact]
    public void Captions_and_a_title_make_room_for_themselves()
    {
        var plain = new ContactSheet("", 1, [new(Samples.Blob(8), "")]).Render();
        var captioned = new ContactSheet("", 1, [new(Samples.Blob(8), "one\na much longer line")]).Render();
        var titled = new ContactSheet("A title that is longer than the sheet is wide", 1, [new(Samples.Blob(8), "")]).Render();
        Assert.True(captioned.Height > plain.Height && captioned.Width > plain.Width);
        Assert.True(titled.Height > plain.Height && titled.Width > plain.Width);
    }

    [Fact]
    public void A_frame_surrounds_its_picture_and_does_not_hide_it()
    {
        var sheet = new ContactSheet("", 1, [new(Samples.Blob(8), "", Red)]) { Padding = 10 }.Render();
        Assert.Equal([Red.Red, Red.Green, Red.Blue], sheet.At(9, 9).ToArray());
        Assert.Equal(Samples.Blob(8).At(0, 0), sheet.At(10, 10));
    }

    [Fact]
    public void No_cells_or_no_columns_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ContactSheet("", 1, []).Render());
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContactSheet("", 0, [new(Samples.Blob(8), "")]).Render());
    }
}
