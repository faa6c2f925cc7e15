using Stn.Experiments.Birds;
using Stn.Experiments.Pictures;
using Stn.Experiments.Reports;

namespace Stn.Experiments.Figures;

/// <summary>The panel of the paper's table 3: test birds with the windows that a network looks through, and what is in them. A picture for each trained network.</summary>
internal static class BirdsFigure
{
    private const int Birds = 24;
    private const int Columns = 4;

    /// <summary>Writes what can be made.</summary>
    /// <exception cref="FileNotFoundException">No network with windows is trained.</exception>
    internal static IEnumerable<string> Write(string folder, FigureSources? sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        string[] names = [.. BirdExperiments.All.Select(e => e.Name).Where(name => name.Contains("st-cnn", StringComparison.Ordinal))];
        string[] trained = [.. names.Where(sources.Has)];
        if (trained.Length == 0)
            throw new FileNotFoundException($"the figure of birds needs one of {string.Join(", ", names)}; train one with: stn train {names[^1]} --data <folder of CUB>");
        foreach (var name in trained)
        {
            using var run = sources.Load(name);
            var pictures = new DigitPictures(run.Network, run.Sets.Evaluation, run.ClassNames) { Zoom = 1 };
            var path = Path.Combine(folder, $"{name.Replace('/', '-')}.png");
            PictureFile.Write(path, pictures.Sheet($"{name}: where its windows look, and what they see", [.. run.Evaluation.Predictions.Take(Birds)], Columns));
            yield return path;
        }
    }
}
