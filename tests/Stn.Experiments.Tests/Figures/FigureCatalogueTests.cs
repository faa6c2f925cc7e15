using Stn.Data.Pictures;
using Stn.Experiments.Figures;
using Stn.Experiments.Results;
using Stn.Testing;
using Stn.Transformations;

namespace Stn.Experiments.Tests.Figures;

public sealed class FigureCatalogueTests : TensorTest
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Figure_3_shows_both_grids_over_the_same_image()
    {
        var file = Assert.Single(FigureCatalogue.Write("3", _folder["new/folder"]));
        var picture = Picture.Load(file);
        Assert.True(picture.Width > 2 * picture.Height); // two panels side by side
        Assert.Contains(picture.Pixels.ToArray(), value => value is > 0 and < 255);
    }

    [Fact]
    public void Every_named_family_has_its_own_picture_and_the_documentation_shows_it()
    {
        var files = FigureCatalogue.Write("transformations", _folder.Path);
        var names = files.Select(file => Path.GetFileNameWithoutExtension(file)!).ToList();
        Assert.Subset(names.ToHashSet(), FamilyNames.All.ToHashSet());
        Assert.Equal(files.Count, files.Select(file => Convert.ToHexString(File.ReadAllBytes(file))).Distinct().Count());
        var page = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "docs", "transformations.md"));
        foreach (var name in names)
        {
            Assert.Contains($"(images/transformations/{name}.png)", page, StringComparison.Ordinal);
            var path = Path.Combine(RepositoryFolder.Root, "docs", "images", "transformations", $"{name}.png");
            Assert.True(new FileInfo(path).Length < 30_000, $"{path} is too large for a page with one for each family");
            var shown = Picture.Load(path);
            var made = Picture.Load(_folder[$"{name}.png"]);
            Assert.True(Difference(made, shown) < 4, $"docs/images/transformations/{name}.png is not what the command makes: stn figure transformations -o docs/images/transformations");
        }
    }

    [Fact]
    public void Every_family_of_volumes_has_a_picture()
    {
        var families = typeof(Transformation3D).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Transformation3D)) && !type.IsAbstract);
        var names = families.Select(type => ((Transformation3D)Activator.CreateInstance(type)!).Name).ToHashSet();
        Assert.Contains("affine-3d", names);
        Assert.Subset(FigureCatalogue.Write("transformations", _folder.Path).Select(file => Path.GetFileNameWithoutExtension(file)!).ToHashSet(), names);
    }

    [Fact]
    public void Every_distortion_has_a_sheet_of_its_own_and_the_documentation_shows_it()
    {
        var files = FigureCatalogue.Write("data", _folder.Path, new FigureSources(Trial.Sources, new ResultFiles(_folder["results"]), _folder["runs"], _ => { }));
        Assert.Equal(["data-r.png", "data-rts.png", "data-p.png", "data-e.png", "data-tc.png"], files.Select(Path.GetFileName));
        var page = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "docs", "experiments.md"));
        foreach (var file in files)
        {
            // The documentation's show MNIST, of the same size as these.
            var (made, shown) = (Picture.Load(file), Picture.Load(Path.Combine(RepositoryFolder.Root, "docs", "images", Path.GetFileName(file))));
            Assert.Equal((made.Height, made.Width), (shown.Height, shown.Width));
            Assert.Contains($"(images/{Path.GetFileName(file)})", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_no_figure_is_refused_with_those_that_are() => Assert.Contains(
        "there is no figure '9'; there are 1, means, data, 3, 4, 5, addition, transformations, numbers, birds",
        Assert.Throws<ArgumentException>(() => FigureCatalogue.Write("9", _folder.Path)).Message, StringComparison.Ordinal);

    // The mean over all bytes: another version of the font's renderer moves some of them.
    private static double Difference(Picture a, Picture b) => (a.Height, a.Width) == (b.Height, b.Width)
        ? a.Pixels.ToArray().Zip(b.Pixels.ToArray(), (x, y) => Math.Abs(x - y)).Average()
        : double.PositiveInfinity;

    protected override void Dispose(bool disposing)
    {
        _folder.Dispose();
        base.Dispose(disposing);
    }
}
