using Stn.Data.Pictures;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Pictures;
using Stn.Experiments.Reports;

namespace Stn.Experiments.Figures;

/// <summary>
/// The mean test image of each class, before the transformer and behind it: behind a good one the digits of a class lie on each other. A picture for
/// each data set, with all its trained networks.
/// </summary>
internal static class MeanImagesFigure
{
    /// <summary>Writes what can be made.</summary>
    /// <exception cref="FileNotFoundException">No network with a transformer is trained.</exception>
    internal static IEnumerable<string> Write(string folder, FigureSources? sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var trained = DigitTasks.All.Select(task => (Task: task, Networks: Trained(task.Name, sources))).Where(one => one.Networks.Length > 0).ToList();
        if (trained.Count == 0)
            throw new FileNotFoundException("the mean images need a trained network with a transformer; train one with: stn train rts/st-cnn-aff");
        foreach (var (task, networks) in trained)
        {
            var path = Path.Combine(folder, $"means-{task.Name}.png");
            PictureFile.Write(path, new ContactSheet($"{task.Name.ToUpperInvariant()}: the mean of each class, as it comes and behind the transformer", 1, [.. networks.Select(name => Cell(name, sources))]).Render());
            yield return path;
        }
    }

    private static string[] Trained(string task, FigureSources sources) =>
        [.. ExperimentCatalogue.All.Select(e => e.Name).Where(name => name.StartsWith($"{task}/st-", StringComparison.Ordinal) && sources.Has(name))];

    private static ContactSheetCell Cell(string name, FigureSources sources)
    {
        using var run = sources.Load(name);
        return new ContactSheetCell(ClassMeans.Of(run)!.Draw(), name);
    }
}
