using Stn.Experiments.Numbers;
using Stn.Experiments.Pictures;
using Stn.Experiments.Reports;

namespace Stn.Experiments.Figures;

/// <summary>
/// Where the transformers of networks for house numbers look: held-out pictures with the regions that they read, and what is in them; of several in depth, what each
/// reads of the image through those before it. A picture for each trained network.
/// </summary>
internal static class NumbersFigure
{
    private const int Numbers = 12;
    private const int Columns = 2;

    /// <summary>Writes what can be made.</summary>
    /// <exception cref="FileNotFoundException">No network with transformers is trained.</exception>
    internal static IEnumerable<string> Write(string folder, FigureSources? sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        string[] names = [.. NumberExperiments.All.Select(e => e.Name).Where(name => name.Contains("st-cnn", StringComparison.Ordinal))];
        string[] trained = [.. names.Where(sources.Has)];
        if (trained.Length == 0)
            throw new FileNotFoundException($"the figure of numbers needs one of {string.Join(", ", names)}; train one with: stn train {names[^1]}");
        foreach (var name in trained)
        {
            using var run = sources.Load(name);
            var pictures = new DigitPictures(run.Network, run.Sets.Evaluation, run.ClassNames) { Zoom = 128 / run.Sets.Evaluation.Shape.Plane.Height };
            var path = Path.Combine(folder, $"{name.Replace('/', '-')}.png");
            PictureFile.Write(path, pictures.Sheet($"{name}: what its transformers read", [.. run.Evaluation.Predictions.Take(Numbers)], Columns));
            yield return path;
        }
    }
}
