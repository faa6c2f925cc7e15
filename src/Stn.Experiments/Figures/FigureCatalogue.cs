using Stn.Experiments.Catalogue;
using Stn.Experiments.Pictures;

namespace Stn.Experiments.Figures;

/// <summary>The figures that can be made, by name.</summary>
public static class FigureCatalogue
{
    private static readonly (string Name, string Summary, Func<string, FigureSources?, IEnumerable<string>> Write)[] Table =
    [
        ("1", "the paper's figure 1 and the pictures of its table 1: digits that a transformer makes readable; from trained networks", RescuedDigitsFigure.Write),
        ("means", "the mean test image of each class of digits, before a transformer and behind it; from trained networks", MeanImagesFigure.Write),
        ("data", "a contact sheet of each distortion of the digits: as they are, and four draws", WriteData),
        ("3", "the paper's figure 3, an image read by the regular grid and by an affine one", (folder, _) => WriteSampling(folder)),
        ("4", "the paper's figure 4, windows while they learn where the digits are, and the same as a film; from the record of a co-localisation", CoLocalisationFigure.Write),
        ("5", "the paper's figure 5: digits in space, the region that the transformer samples, the sampled volume, its projection; from a trained network", SpaceFigure.Write),
        ("addition", "which of two transformers took which digit of a sum; from trained networks", AdditionFigure.Write),
        ("transformations", "a picture of each transformation: the sampling grid over its source, and what is read there", (folder, _) => WriteTransformations(folder)),
        ("numbers", "where the transformers of networks for house numbers look, real ones or synthetic; from trained networks", NumbersFigure.Write),
        ("birds", "the panel of the paper's table 3: the windows of trained cub networks on test birds", BirdsFigure.Write),
    ];

    /// <summary>Names and what they show.</summary>
    public static IReadOnlyList<(string Name, string Summary)> All { get; } = [.. Table.Select(row => (row.Name, row.Summary))];

    /// <summary>Makes a figure.</summary>
    /// <param name="name">One of <see cref="All"/>.</param>
    /// <param name="folder">Where its PNG files go; made if it is not there.</param>
    /// <param name="sources">What figures of trained networks are made from; the others need none of it.</param>
    /// <returns>The files.</returns>
    /// <exception cref="ArgumentException">There is no such figure.</exception>
    /// <exception cref="IOException">A file cannot be written, or trained networks are missing.</exception>
    public static IReadOnlyList<string> Write(string name, string folder, FigureSources? sources = null)
    {
        var row = Array.Find(Table, row => row.Name == name);
        if (row.Write is null)
            throw new ArgumentException($"there is no figure '{name}'; there are {string.Join(", ", Table.Select(r => r.Name))}", nameof(name));
        Directory.CreateDirectory(folder);
        return [.. row.Write(folder, sources)];
    }

    private static IEnumerable<string> WriteData(string folder, FigureSources? sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        foreach (var task in DigitTasks.All)
        {
            var path = Path.Combine(folder, $"data-{task.Name}.png");
            PictureFile.Write(path, DataFigures.Draw(task, sources.Data.Mnist));
            yield return path;
        }
    }

    private static IEnumerable<string> WriteSampling(string folder)
    {
        var path = Path.Combine(folder, "figure-3.png");
        PictureFile.Write(path, SamplingFigure.Draw());
        yield return path;
    }

    private static IEnumerable<string> WriteTransformations(string folder)
    {
        foreach (var (name, draw) in TransformationFigures.All)
        {
            var path = Path.Combine(folder, $"{name}.png");
            PictureFile.Write(path, draw());
            yield return path;
        }
    }
}
