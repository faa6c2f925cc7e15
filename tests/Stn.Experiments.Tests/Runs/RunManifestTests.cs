using Stn.Data;
using Stn.Experiments.Runs;
using Stn.Testing;

namespace Stn.Experiments.Tests.Runs;

public sealed class RunManifestTests
{
    private static readonly DataManifest s_data = new(10, "source", "data", "hash");
    private static readonly RunManifest s_first = On("one");

    [Fact]
    public void The_same_build_on_the_same_machine_is_no_new_part()
    {
        var later = On("one") with { Started = new DateTime(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc) };
        Assert.Equal(s_first, s_first.GoingOn(later, 7));
        Assert.Null(s_first.GoingOn(later, 7).Resumed);
    }

    [Fact]
    public void Each_change_of_the_machine_or_the_build_is_a_part()
    {
        var run = s_first.GoingOn(On("two"), 7).GoingOn(On("two"), 9).GoingOn(On("two") with { Stn = "0.2" }, 12).GoingOn(On("one"), 15);
        Assert.Equal(
            [(0, "0.1", "one"), (7, "0.1", "two"), (12, "0.2", "two"), (15, "0.1", "one")],
            run.Parts.Select(part => (part.Step, part.Stn, part.Processor)));
        Assert.Equal("0.1", run.Stn);
    }

    [Fact]
    public void A_part_that_left_nothing_is_left_out()
    {
        Assert.Equal([0, 7], s_first.GoingOn(On("two"), 7).GoingOn(On("three"), 7).Parts.Select(part => part.Step));
        Assert.Equal([0L, 5], s_first.GoingOn(On("two"), 7).GoingOn(On("three"), 5).Parts.Select(part => part.Step));
        Assert.Null(s_first.GoingOn(On("two"), 7).GoingOn(On("one"), 5).Resumed);
        Assert.Equal("two", s_first.GoingOn(On("two"), 0).Processor);
        Assert.Null(s_first.GoingOn(On("two"), 0).Resumed);
    }

    [Fact]
    public void What_differs_is_told_from_the_last_part()
    {
        var run = s_first.GoingOn(On("two"), 7);
        Assert.Empty(run.Differences(On("two")));
        Assert.Equal("processor was two and is three", Assert.Single(run.Differences(On("three"))));
    }

    [Fact]
    public void Parts_are_read_as_they_were_written()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "manifest.json");
        var run = s_first.GoingOn(On("two") with { Gpu = "a card", Device = "cuda", Changed = true }, 7);
        run.Write(path);
        Assert.Equal(run.Parts, RunManifest.Read(path).Parts);
        s_first.Write(path);
        Assert.DoesNotContain("resumed", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"libtorch\": \"1.13.0\",", "", "libtorch")]
    [InlineData("\"1.13.0\"", "null", "libtorch")]
    [InlineData("\"training_data\"", "\"resumed\": [null], \"training_data\"", "resumed")]
    [InlineData("{", "", "no run manifest")]
    public void What_lacks_a_part_is_refused_by_its_path(string written, string changed, string reason)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "manifest.json");
        s_first.Write(path);
        var text = File.ReadAllText(path);
        Assert.Contains(written, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(written, changed, StringComparison.Ordinal));
        var error = Assert.Throws<InvalidDataException>(() => RunManifest.Read(path));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static RunManifest On(string processor) =>
        new("0.1", "1.13.0", ".NET 10", processor, 2, 1, "cpu", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), s_data, s_data);
}
