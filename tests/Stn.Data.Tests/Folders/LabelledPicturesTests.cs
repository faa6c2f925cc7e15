using Stn.Data.Folders;

namespace Stn.Data.Tests.Folders;

public sealed class LabelledPicturesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_for_each_class_is_split_by_the_seed_class_by_class()
    {
        Squares.WriteClass(_folder, "b", 20);
        Squares.WriteClass(_folder, "a", 10);
        var pictures = LabelledPictures.Open(_folder.Path, 0.2, seed: 1);
        Assert.Equal(["a", "b"], pictures.ClassNames);
        Assert.Equal((8, 16), (pictures.Training.Count(p => p.Label == 0), pictures.Training.Count(p => p.Label == 1)));
        Assert.Equal((2, 4), (pictures.Validation.Count(p => p.Label == 0), pictures.Validation.Count(p => p.Label == 1)));
        Assert.Empty(pictures.Training.Intersect(pictures.Validation));
        Assert.All(pictures.Training, p => Assert.Equal(pictures.ClassNames[p.Label], Path.GetFileName(Path.GetDirectoryName(p.Path))));
        Assert.Equal(pictures.Validation, LabelledPictures.Open(_folder.Path, 0.2, seed: 1).Validation);
        Assert.NotEqual(pictures.Validation, LabelledPictures.Open(_folder.Path, 0.2, seed: 2).Validation);
    }

    [Theory]
    [InlineData("validation")]
    [InlineData("val")]
    [InlineData("test")]
    public void Parts_that_are_given_are_kept(string name)
    {
        Squares.WriteClass(_folder, "train/cat", 3);
        Squares.WriteClass(_folder, "train/dog", 2);
        Squares.WriteClass(_folder, $"{name}/dog", 1);
        var pictures = LabelledPictures.Open(_folder.Path, 0.5, 1);
        Assert.Equal(5, pictures.Training.Count);
        Assert.Equal(1, Assert.Single(pictures.Validation).Label);
    }

    [Fact]
    public void Other_files_and_hidden_ones_are_no_pictures()
    {
        Squares.WriteClass(_folder, "a", 2);
        Squares.WriteClass(_folder, "b", 2);
        Squares.Write(_folder, "b/deeper/one.PNG", 1, 1, 1);
        Squares.Write(_folder, "b/.hidden.png", 1, 1, 1);
        Squares.Write(_folder, "b/.thumbnails/one.png", 1, 1, 1);
        Squares.Write(_folder, ".git/one.png", 1, 1, 1);
        File.WriteAllText(_folder.Of("a/notes.txt"), "no picture");
        var pictures = LabelledPictures.Open(_folder.Path, 0.5, 1);
        Assert.Equal(["a", "b"], pictures.ClassNames);
        Assert.Equal(5, pictures.Training.Count + pictures.Validation.Count);
    }

    [Fact]
    public void A_CSV_file_names_pictures_labels_and_parts()
    {
        File.WriteAllText(_folder.Of("list.csv"), "path,label,part\n\"sub/one, two.png\",cat,train\n/elsewhere/b.png,\"a \"\"dog\"\"\",validation\n");
        var pictures = LabelledPictures.Open(_folder.Of("list.csv"), 0.5, 1);
        Assert.Equal(["a \"dog\"", "cat"], pictures.ClassNames);
        Assert.Equal(new PictureEntry(_folder.Of("sub/one, two.png"), 1), Assert.Single(pictures.Training));
        Assert.Equal(new PictureEntry("/elsewhere/b.png", 0), Assert.Single(pictures.Validation));
    }

    [Theory]
    [InlineData("a.png\n", "line 1: 'a.png' is not path,label")]
    [InlineData("a.png,cat\nb.png,\n", "line 2: 'b.png,' is not path,label")]
    [InlineData("a.png,cat,elsewhere\n", "line 1: 'elsewhere' is no part")]
    [InlineData("a.png,cat\nb.png,cat\nc.png,dog\n", "is the only picture of 'dog'")]
    [InlineData("a.png,cat,train\nb.png,dog\n", "some lines name a part")]
    [InlineData("a.png,cat\nb.png,cat\n", "one class ('cat') only")]
    [InlineData("a.png,cat,train\nb.png,dog,train\n", "2 pictures to learn from and 0 to validate with")]
    [InlineData("", "no class")]
    public void A_CSV_file_of_another_form_is_refused_by_line(string text, string message)
    {
        File.WriteAllText(_folder.Of("list.csv"), text);
        var error = Assert.Throws<InvalidDataException>(() => LabelledPictures.Open(_folder.Of("list.csv"), 0.5, 1));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("list.csv", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_or_laid_out_otherwise_is_refused_with_what_is_expected()
    {
        Assert.Throws<FileNotFoundException>(() => LabelledPictures.Open(_folder.Of("none"), 0.5, 1));
        Squares.Write(_folder, "one.png", 1, 1, 1);
        Assert.Contains("a folder of PNG or JPEG pictures for each class", Refusal(), StringComparison.Ordinal);
        Directory.CreateDirectory(_folder.Of("empty"));
        Assert.Contains("no class", Refusal(), StringComparison.Ordinal);
    }

    private string Refusal() => Assert.Throws<InvalidDataException>(() => LabelledPictures.Open(_folder.Path, 0.5, 1)).Message;
}
