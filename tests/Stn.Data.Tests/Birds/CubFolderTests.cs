using Stn.Data.Birds;
using Stn.Data.Scenes;

namespace Stn.Data.Tests.Birds;

public sealed class CubFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Images_labels_split_boxes_and_parts_are_read_as_the_files_say()
    {
        var birds = BirdPictures.Open(SmallCub.Write(_folder.Path));
        Assert.Equal(["Black footed Albatross", "Laysan Albatross"], birds.ClassNames);
        Assert.Equal([(0, true), (0, false), (1, true), (1, false)], birds.Birds.Select(b => (b.Label, b.IsTraining)));
        var first = birds.Birds[0];
        Assert.Equal(Path.Combine("images", "001.A/one.jpg"), first.File);
        Assert.Equal(new Box(10, 5, 30, 20), first.Box);
        Assert.Equal([new(BirdPart.Beak, 12, 6), new(BirdPart.Crown, 16, 8), new(BirdPart.Belly, 20, 18)], first.Parts);
        Assert.Equal((14, 7), first.Middle(BirdParts.Head));
        Assert.Null(birds.Birds[2].Middle(BirdParts.Head));
    }

    [Fact]
    public void The_folder_that_the_archive_was_unpacked_in_is_enough()
    {
        SmallCub.Write(_folder.Of("CUB_200_2011"));
        Assert.Equal(4, BirdPictures.Open(_folder.Path).Birds.Count);
    }

    [Theory]
    [InlineData("image_class_labels.txt", "1 1", "has no line for image 2")]
    [InlineData("image_class_labels.txt", "1 9", "line 1: classes.txt has no class 9")]
    [InlineData("image_class_labels.txt", "1 one", "line 1: 'one' is no whole number")]
    [InlineData("train_test_split.txt", "1 2", "line 1: '2' is neither 0 nor 1")]
    [InlineData("train_test_split.txt", "1", "line 1: '1' is not 'image is_training'")]
    [InlineData("images.txt", "1 a.jpg|1 b.jpg", "line 2: 1 stands there twice")]
    [InlineData("images.txt", "1 a.jpg|2 a.jpg", "line 2: a.jpg stands there twice")]
    [InlineData("images.txt", "1 a.jpg|2 ../../etc/passwd", "line 2: '../../etc/passwd' is no path of a picture below images/")]
    [InlineData("images.txt", "1 /dev/zero", "line 1: '/dev/zero' is no path of a picture below images/")]
    [InlineData("bounding_boxes.txt", "1 3 4 0 8", "line 1: a box of 0×8 pixels")]
    [InlineData("bounding_boxes.txt", "1 3 4 5 NaN", "line 1: 'NaN' is no number")]
    [InlineData("parts/part_locs.txt", "1 16 3 4 1", "line 1: 16 is no part; they are 1 to 15")]
    public void A_broken_file_is_named_with_its_line(string name, string lines, string message)
    {
        SmallCub.Write(_folder.Path);
        SmallCub.Lines(_folder.Path, name, lines.Split('|'));
        var error = Assert.Throws<DataFormatException>(() => BirdPictures.Open(_folder.Path));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_folder.Path, name), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("classes.txt")]
    [InlineData("parts/part_locs.txt")]
    public void A_missing_file_is_named(string name)
    {
        SmallCub.Write(_folder.Path);
        File.Delete(_folder.Of(name));
        Assert.Contains(_folder.Of(name), Assert.Throws<FileNotFoundException>(() => BirdPictures.Open(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_folder_the_message_says_what_to_do() =>
        Assert.Contains("--data", Assert.Throws<DataUnavailableException>(() => BirdPictures.Open(_folder.Of("none"))).Message, StringComparison.Ordinal);
}
