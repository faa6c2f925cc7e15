using Stn.Data.Birds;

namespace Stn.Data.Tests.Birds;

public sealed class CubCropsTests : IDisposable
{
    private const string Head = "subset_path,class,cub_split";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Path_class_split_and_visible_parts_are_read()
    {
        Write(Line("B/1.jpg,B_b,test", ("left_eye", 3.5, 4)), Line("A/1.jpg,A,train"));
        var birds = BirdPictures.Open(_folder.Path);
        Assert.Equal(["B b", "A"], birds.ClassNames);
        Assert.Equal([(0, false, 1), (1, true, 0)], birds.Birds.Select(b => (b.Label, b.IsTraining, b.Parts.Count)));
        Assert.Equal(new PartPlace(BirdPart.LeftEye, 3.5, 4), birds.Birds[0].Parts[0]);
        Assert.Null(birds.Birds[0].Box);
    }

    [Theory]
    [InlineData("A/1.jpg,A,training", "line 2: cub_split is 'training', not train or test")]
    [InlineData("A/1.jpg,A", "line 2: 47 fields; the first line names 48")]
    [InlineData("/dev/zero,A,train", "line 2: '/dev/zero' is no path of a picture below images/")]
    public void A_broken_line_is_named(string line, string message)
    {
        Write(Line(line));
        Assert.Contains(message, Assert.Throws<DataFormatException>(() => BirdPictures.Open(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_is_counted_with_the_empty_ones_before_it()
    {
        Write(Line("A/1.jpg,A,train"), string.Empty, Line("A/1.jpg,A,train"));
        Assert.Contains(
            "line 4: A/1.jpg stands there twice", Assert.Throws<DataFormatException>(() => BirdPictures.Open(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_named_twice_is_an_error()
    {
        File.WriteAllLines(_folder.Of("parts_in_crop.csv"), [$"{Head},class", "A/1.jpg,A,train,A"]);
        Assert.EndsWith(
            "names a column twice: class", Assert.Throws<DataFormatException>(() => BirdPictures.Open(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_column_is_named()
    {
        File.WriteAllLines(_folder.Of("parts_in_crop.csv"), [Head, "A/1.jpg,A,train"]);
        Assert.Contains("no column 'back_vis'", Assert.Throws<DataFormatException>(() => BirdPictures.Open(_folder.Path)).Message, StringComparison.Ordinal);
    }

    private void Write(params string[] lines) => File.WriteAllLines(
        _folder.Of("parts_in_crop.csv"), [$"{Head},{string.Join(',', Names.Select(n => $"{n}_x,{n}_y,{n}_vis"))}", .. lines]);

    private static string Line(string start, params (string Part, double X, double Y)[] parts) => $"{start},{string.Join(',', Names.Select(name =>
        parts.FirstOrDefault(p => p.Part == name) is ({ }, var x, var y) ? FormattableString.Invariant($"{x},{y},1") : ",,0"))}";

    private static string[] Names =>
    [
        "back", "beak", "belly", "breast", "crown", "forehead", "left_eye", "left_leg", "left_wing", "nape", "right_eye", "right_leg", "right_wing", "tail", "throat",
    ];
}
