using Stn.Data.Folders;

namespace Stn.Data.Tests.Folders;

public sealed class PictureInspectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Broken_pictures_are_counted_named_and_left_out()
    {
        var good = new PictureEntry(Squares.Write(_folder, "good.png", 9, 9, 9), 0);
        var cut = new PictureEntry(Squares.Write(_folder, "cut.png", 9, 9, 9), 1);
        File.WriteAllBytes(cut.Path, File.ReadAllBytes(cut.Path)[..40]);
        var missing = new PictureEntry(_folder.Of("missing.jpg"), 0);
        File.WriteAllText(_folder.Of("text.png"), "not a picture");
        var text = new PictureEntry(_folder.Of("text.png"), 1);

        var seen = PictureInspection.Of([cut, good, missing, text], threads: 2);
        Assert.Equal([good], seen.Readable);
        Assert.Equal([cut, missing, text], seen.Broken.Select(b => b.Entry));
        Assert.All(seen.Broken, b => Assert.Contains(b.Entry.Path, b.Reason, StringComparison.Ordinal));
        var error = Assert.Throws<InvalidDataException>(seen.RequireAll);
        Assert.StartsWith("3 of 4 pictures cannot be read: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("--skip-broken leaves them out", error.Message, StringComparison.Ordinal);
        PictureInspection.Of([good], 1).RequireAll();
    }

    [Fact]
    public void Ten_broken_pictures_are_named_and_the_rest_counted()
    {
        var entries = Enumerable.Range(0, 13).Select(i => new PictureEntry(_folder.Of($"{i}.png"), 0)).ToArray();
        var text = PictureInspection.Of(entries, 1).Describe();
        Assert.Contains("9.png", text, StringComparison.Ordinal);
        Assert.DoesNotContain("10.png", text, StringComparison.Ordinal);
        Assert.EndsWith("and 3 more", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Grey_is_what_has_no_colour_in_any_picture()
    {
        var grey = new PictureEntry(Squares.Write(_folder, "grey.png", 9, 9, 9), 0);
        var colour = new PictureEntry(Squares.Write(_folder, "colour.png", 9, 9, 8), 0);
        Assert.True(PictureInspection.Of([grey], 1).IsGrey);
        Assert.False(PictureInspection.Of([grey, colour], 1).IsGrey);
        Assert.True(PictureInspection.Of([grey, colour], 1).Slice(0, 1).IsGrey);
    }

    [Fact]
    public void The_hash_follows_contents_labels_and_order_and_not_the_place_of_the_files()
    {
        var one = new PictureEntry(Squares.Write(_folder, "one.png", 1, 1, 1), 0);
        var two = new PictureEntry(Squares.Write(_folder, "two.png", 2, 2, 2), 0);
        var moved = new PictureEntry(_folder.Of("moved.png"), 0);
        File.Copy(one.Path, moved.Path);
        Assert.Equal(Hash(one, two), Hash(moved, two));
        string[] different = [Hash(one, two), Hash(two, one), Hash(one), Hash(one, two with { Label = 1 }), Hash(one, one)];
        Assert.Equal(different.Length, different.Distinct().Count());
    }

    private static string Hash(params PictureEntry[] entries) => PictureInspection.Of(entries, 1).Sha256();
}
