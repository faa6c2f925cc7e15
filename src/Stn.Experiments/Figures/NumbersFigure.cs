using Stn.Experiments.Numbers;

namespace Stn.Experiments.Figures;

/// <summary>
/// Where the transformers of networks for house numbers look: held-out pictures with the regions that they read, and what is in them; of several in depth, what each
/// reads of the image through those before it.
/// </summary>
internal static class NumbersFigure
{
    private static readonly TrainedSheets s_sheets = new("numbers", "what its transformers read", Samples: 12, Columns: 2, Side: 128);

    internal static IEnumerable<string> Write(string folder, FigureSources? sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        return s_sheets.Write(folder, sources, [.. NumberExperiments.All.Select(e => e.Name).Where(name => name.Contains("st-cnn", StringComparison.Ordinal))]);
    }
}
