using Stn.Experiments.Birds;

namespace Stn.Experiments.Figures;

/// <summary>The panel of the paper's table 3: test birds with the windows that a network looks through, and what is in them.</summary>
internal static class BirdsFigure
{
    private static readonly TrainedSheets s_sheets =
        new("birds", "where its windows look, and what they see", Samples: 24, Columns: 4, Side: 128, Need: " --data <folder of CUB>");

    internal static IEnumerable<string> Write(string folder, FigureSources? sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        return s_sheets.Write(folder, sources, [.. BirdExperiments.All.Select(e => e.Name).Where(name => name.Contains("st-cnn", StringComparison.Ordinal))]);
    }
}
