using Stn.Data.Folders;
using Stn.Data.Pictures;

namespace Stn.Data.Tests.Folders;

public sealed class PictureSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Colour_and_grey_are_numbers_from_0_to_1()
    {
        var set = Set(Squares.Write(_folder, "a.png", 255, 51, 0), channels: 3);
        Assert.Equal(Enumerable.Repeat(1f, 16).Concat(Enumerable.Repeat(0.2f, 16)).Concat(Enumerable.Repeat(0f, 16)), Values(set), Close);
        Assert.All(Values(Set(_folder.Of("a.png"), channels: 1)), v => Assert.Equal(0.299f + (0.587f * 0.2f), v, 1e-6f));
    }

    [Theory]
    // Eight columns: black, four white ones, three black ones; four rows.
    [InlineData(PictureFit.Crop, "W W W b")]     // columns 2 to 5
    [InlineData(PictureFit.Stretch, "h W h b")]  // two columns each
    [InlineData(PictureFit.Pad, "h W h b")]
    public void A_wide_picture_becomes_a_square(PictureFit fit, string middleRow)
    {
        var picture = new Picture(4, 8);
        for (var row = 0; row < 4; row++)
        {
            for (var column = 1; column < 5; column++)
                picture.At(row, column).Fill(255);
        }

        picture.SavePng(_folder.Of("wide.png"));
        var values = Values(Set(_folder.Of("wide.png"), channels: 1, fit: fit));
        var kinds = middleRow.Split(' ');
        for (var column = 0; column < 4; column++)
        {
            var (low, high) = kinds[column] switch { "W" => (0.7f, 1.001f), "b" => (-0.001f, 0.2f), _ => (0.2f, 0.8f) };
            Assert.InRange(values[(2 * 4) + column], low, high);
        }

        // Padding leaves the first and last rows mostly black.
        Assert.Equal(fit == PictureFit.Pad, values[1] < 0.5f);
    }

    [Fact]
    public void A_training_picture_moves_afresh_in_each_epoch_and_a_fixed_one_never()
    {
        var path = Squares.Write(_folder, "a.png", 0, 0, 0, 8, 8);
        var picture = Picture.Load(path);
        picture.At(2, 3).Fill(255);
        picture.SavePng(path);
        var moving = PictureSet.Training(Inspected(path), 1, 8, PictureFit.Crop, Augmentation.Parse("shift=0.2"), seed: 1);
        Assert.Equal(Values(moving, 3), Values(moving, 3));
        Assert.NotEqual(Values(moving, 3), Values(moving, 4));
        Assert.NotEqual(Values(moving, 3), Values(PictureSet.Training(Inspected(path), 1, 8, PictureFit.Crop, Augmentation.Parse("shift=0.2"), seed: 2), 3));
        var still = PictureSet.Fixed(Inspected(path), 1, 8, PictureFit.Crop);
        Assert.Equal(Values(still, 3), Values(still, 4));
        Assert.Equal(1, Values(still)[(2 * 8) + 3], 1e-5f);
    }

    [Fact]
    public void A_mirrored_picture_is_the_same_from_right_to_left()
    {
        var path = Squares.Write(_folder, "a.png", 0, 0, 0, 4, 4);
        var picture = Picture.Load(path);
        picture.At(1, 0).Fill(255);
        picture.SavePng(path);
        var set = PictureSet.Training(Inspected(path), 1, 4, PictureFit.Crop, Augmentation.Parse("flip"), seed: 1);
        var seen = Enumerable.Range(0, 40).Select(epoch => Array.FindIndex(Values(set, epoch), v => v > 0.9f)).ToArray();
        Assert.Equal([4, 7], seen.Distinct().Order());
    }

    [Fact]
    public void A_picture_that_went_away_is_an_error_that_names_it()
    {
        var set = Set(Squares.Write(_folder, "a.png", 1, 2, 3), channels: 3);
        File.Delete(_folder.Of("a.png"));
        Assert.Contains("a.png", Assert.Throws<FileNotFoundException>(() => Values(set)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_description_tells_how_images_are_made()
    {
        var path = Squares.Write(_folder, "a.png", 1, 2, 3);
        var training = PictureSet.Training(Inspected(path), 3, 32, PictureFit.Pad, Augmentation.Parse("flip,rotate=10"), 7);
        Assert.Equal("pictures, 3×32×32, Pad; augmented by 'rotate=10,flip', seed 7", training.Description);
        Assert.Equal(path, training.PathOf(0));
    }

    [Theory]
    [InlineData("spin=1", "'spin=1' is no augmentation")]
    [InlineData("rotate=200", "from 0 to 180")]
    [InlineData("scale=x", "'scale=x'")]
    [InlineData("flip=1", "'flip=1' is no augmentation")]
    public void An_augmentation_of_another_form_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Augmentation.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Augmentations_are_read_as_they_are_written()
    {
        foreach (var text in new[] { "", "rotate=15,scale=0.2,shift=0.1,flip", "flip" })
            Assert.Equal(text, Augmentation.Parse(text).ToString());
    }

    private static bool Close(float expected, float actual) => Math.Abs(expected - actual) < 1e-5f;

    private static PictureInspection Inspected(string path) => PictureInspection.Of([new PictureEntry(path, 5)], 1);

    private static PictureSet Set(string path, int channels, PictureFit fit = PictureFit.Crop) =>
        PictureSet.Fixed(Inspected(path), channels, 4, fit);

    private static float[] Values(PictureSet set, int epoch = 0)
    {
        var values = new float[set.Shape.Length];
        var label = new long[1];
        set.Render(0, epoch, values, label);
        Assert.Equal(5, label[0]);
        return values;
    }
}
