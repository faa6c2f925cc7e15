using Stn.Experiments.Pictures;
using Stn.Experiments.Reports;

namespace Stn.Experiments.Figures;

/// <summary>Test samples with what the transformers of a network read of them; a sheet for each trained one of some networks.</summary>
/// <param name="Subject">What the samples show: numbers.</param>
/// <param name="Title">Stands behind the network's name over its sheet.</param>
/// <param name="Samples">How many.</param>
/// <param name="Columns">Side by side.</param>
/// <param name="Side">Pixels that the image's side has at least, drawn.</param>
/// <param name="Need">Behind an experiment's name, what else training it needs.</param>
internal sealed record TrainedSheets(string Subject, string Title, int Samples, int Columns, int Side, string Need = "")
{
    /// <summary>Writes what can be made.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="sources">What from.</param>
    /// <param name="names">The experiments.</param>
    /// <exception cref="FileNotFoundException">None of them is trained.</exception>
    internal IEnumerable<string> Write(string folder, FigureSources sources, IReadOnlyList<string> names)
    {
        string[] trained = [.. names.Where(sources.Has)];
        if (trained.Length == 0)
            throw new FileNotFoundException($"the figure of {Subject} needs one of {string.Join(", ", names)}; train one with: stn train {names[^1]}{Need}");
        foreach (var name in trained)
        {
            using var run = sources.Load(name);
            var set = run.Sets.Evaluation;
            var pictures = new DigitPictures(run.Network, set, run.ClassNames) { Zoom = Math.Max(1, Side / set.Shape.Plane.Height) };
            var path = Path.Combine(folder, $"{name.Replace('/', '-')}.png");
            PictureFile.Write(path, pictures.Sheet($"{name}: {Title}", [.. run.Evaluation.Predictions.Take(Samples)], Columns));
            yield return path;
        }
    }
}
