using Stn.Data.Birds;

namespace Stn.Data.Tests.Birds;

public sealed class BirdInspectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_box_may_reach_beyond_its_picture()
    {
        var inspected = Inspect();
        Assert.Equal(4, inspected.Birds.Birds.Count); // the third's does
        Assert.Equal(0, inspected.PartsLeftOut);
    }

    [Fact]
    public void A_box_outside_its_picture_is_an_error_that_names_both()
    {
        SmallCub.Write(_folder.Path);
        SmallCub.Lines(_folder.Path, "bounding_boxes.txt", "1 40.0 5.0 20.0 15.0", "2 0.0 0.0 40.0 30.0", "3 1.0 1.0 45.0 8.0", "4 2.0 2.0 9.0 9.0");
        var error = Assert.Throws<DataFormatException>(() => BirdInspection.Of(BirdPictures.Open(_folder.Path)));
        Assert.Contains("1 of 4 birds", error.Message, StringComparison.Ordinal);
        Assert.Contains("one.jpg: its box spans x 40 to 60 and y 5 to 20, outside the picture of 40×30", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_outside_its_picture_is_left_out_and_counted()
    {
        SmallCub.Write(_folder.Path);
        SmallCub.Lines(_folder.Path, "parts/part_locs.txt", "1 2 12.0 6.0 1", "1 5 12.0 31.0 1", "2 1 -1 2 1");
        var inspected = BirdInspection.Of(BirdPictures.Open(_folder.Path));
        Assert.Equal(2, inspected.PartsLeftOut);
        Assert.Equal([1, 0, 0, 0], inspected.Birds.Birds.Select(b => b.Parts.Count));
    }

    [Fact]
    public void Pictures_that_are_missing_or_broken_are_named()
    {
        SmallCub.Write(_folder.Path);
        File.Delete(_folder.Of("images/001.A/two.jpg"));
        File.WriteAllText(_folder.Of("images/002.B/four.jpg"), "no picture");
        var message = Assert.Throws<DataFormatException>(() => BirdInspection.Of(BirdPictures.Open(_folder.Path))).Message;
        Assert.Contains("2 of 4 birds", message, StringComparison.Ordinal);
        Assert.Contains("two.jpg", message, StringComparison.Ordinal);
        Assert.Contains("four.jpg: neither a PNG nor a JPEG picture", message, StringComparison.Ordinal);
    }

    private BirdInspection Inspect() => BirdInspection.Of(BirdPictures.Open(SmallCub.Write(_folder.Path)));
}
