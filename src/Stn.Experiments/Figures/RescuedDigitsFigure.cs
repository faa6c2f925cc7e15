using Stn.Data.Pictures;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Evaluations;
using Stn.Experiments.Pictures;
using Stn.Experiments.Reports;

namespace Stn.Experiments.Figures;

/// <summary>
/// The paper's figure 1 and the right-hand panels of its table 1: test digits that the CNN misreads and the ST-CNN reads; (a) the input,
/// (b) the sampling grid T_θ(G) over it, (c) the transformer's output, (d) what was read. A picture for each data set.
/// </summary>
internal static class RescuedDigitsFigure
{
    private const int DigitsPerNetwork = 3;
    private static readonly (string Network, string Title)[] Networks = [("st-cnn-aff", "affine"), ("st-cnn-proj", "projective"), ("st-cnn-tps", "thin-plate spline")];

    /// <summary>Writes what can be made, and notes what is missing.</summary>
    /// <exception cref="FileNotFoundException">Nothing can be made; the text says which runs are missing.</exception>
    internal static IEnumerable<string> Write(string folder, FigureSources? sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var missing = DigitTasks.All.SelectMany(task => Needed(task.Name).Where(name => !sources.Has(name))).ToList();
        var drawn = DigitTasks.All.Where(task => Available(task.Name, sources).Any()).ToList();
        var text = $"trained networks are missing: {string.Join(", ", missing)}; train them with: stn train <name>";
        if (drawn.Count == 0)
            throw new FileNotFoundException($"figure 1 needs a cnn and an st-cnn of the same data; {text}");
        if (missing.Count > 0)
            sources.Note(text);
        foreach (var task in drawn)
        {
            var path = Path.Combine(folder, $"figure-1-{task.Name}.png");
            PictureFile.Write(path, Draw(task, sources));
            yield return path;
        }
    }

    private static Picture Draw(DigitTask task, FigureSources sources)
    {
        using var cnn = sources.Load($"{task.Name}/cnn");
        var cells = new List<ContactSheetCell>();
        foreach (var (network, title) in Available(task.Name, sources))
        {
            using var run = sources.Load($"{task.Name}/{network}");
            cells.AddRange(Rescued(cnn.Evaluation, run.Evaluation).Take(DigitsPerNetwork).Select(pair => new ContactSheetCell(
                new DigitPictures(run.Network, run.Sets.Evaluation, run.ClassNames).DrawSteps(pair.With),
                $"{title}: a {pair.With.Label}, which the CNN reads as {pair.Without.Predicted}")));
        }

        return cells.Count == 0
            ? new ContactSheet($"{task.Title}: no digit that only the CNN misreads", 1, [new ContactSheetCell(new Picture(1, 1), string.Empty)]).Render()
            : new ContactSheet($"{task.Title}: input, sampling grid, output", DigitsPerNetwork, cells).Render();
    }

    /// <summary>What only the first misreads, as both read it; what the second is surest of first.</summary>
    internal static IEnumerable<(Prediction Without, Prediction With)> Rescued(Evaluation without, Evaluation with) =>
        without.Predictions.Zip(with.Predictions).Where(pair => !pair.First.IsRight && pair.Second.IsRight).OrderByDescending(pair => pair.Second.Confidence);

    private static IEnumerable<string> Needed(string task) => Networks.Select(n => $"{task}/{n.Network}").Prepend($"{task}/cnn")
        .Where(name => ExperimentCatalogue.All.Any(e => e.Name == name && e.Paper is not null));

    private static IEnumerable<(string Network, string Title)> Available(string task, FigureSources sources) =>
        sources.Has($"{task}/cnn") ? Networks.Where(n => sources.Has($"{task}/{n.Network}")) : [];
}
