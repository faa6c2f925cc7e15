using System.Globalization;
using System.Text;
using Stn.Experiments.Results;

namespace Stn.Experiments.Tables;

/// <summary>A table of errors for a terminal.</summary>
internal static class ErrorTableText
{
    internal const string NotRun = "not run yet";

    /// <summary>Stands behind numbers of an earlier state of a protocol.</summary>
    internal const string Earlier = "†";

    internal const string EarlierMeans = $"{Earlier} recorded before the protocol was last changed; its file has the settings and the commit";

    private const int Gap = 2;

    internal static string Of(ErrorTable table, IReadOnlyList<IReadOnlyList<ErrorCell>> byProtocol)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"Table {table.Number}: {table.Title}, error on the test set in percent, the paper's | ours\n");
        foreach (var cells in byProtocol)
            Append(text, table, cells);
        return text.ToString();
    }

    /// <summary>Rows and columns in the order of the cells; null where there is no cell.</summary>
    internal static IEnumerable<(string Row, IReadOnlyList<ErrorCell?> Cells)> Rows(IReadOnlyList<ErrorCell> cells) =>
        cells.Select(c => c.Paper.Row).Distinct().Select(row => (row, (IReadOnlyList<ErrorCell?>)
            [.. Columns(cells).Select(column => cells.FirstOrDefault(c => (c.Paper.Row, c.Paper.Column) == (row, column)))]));

    /// <summary>The columns in the order of the cells.</summary>
    internal static IEnumerable<string> Columns(IReadOnlyList<ErrorCell> cells) => cells.Select(c => c.Paper.Column).Distinct();

    /// <summary>Our number with its spread.</summary>
    internal static string Ours(ErrorTable table, ErrorCell cell) => cell.Ours is not { } ours ? table.NotMeasured
        : string.Create(CultureInfo.InvariantCulture, $"{ours:f2}{(cell.Spread is { } spread ? string.Create(CultureInfo.InvariantCulture, $" ± {spread:f2}") : string.Empty)}{(cell.IsEarlier ? Earlier : string.Empty)}");

    /// <summary>How many cells are measured, and how many of them are at or below the paper's.</summary>
    internal static string Count(IReadOnlyList<ErrorCell> cells) =>
        $"{cells.Count(c => c.Records.Count > 0)} of {cells.Count} cells are measured; {cells.Count(c => c.IsAtOrBelow == true)} are at or below the paper's number after rounding to one decimal";

    /// <summary>A p-value with what can be told of it.</summary>
    internal static string P(double p) => p switch
    {
        < 1e-300 => "<1e-300", // near the smallest number of the type
        < 1e-4 => p.ToString("0e-0", CultureInfo.InvariantCulture),
        _ => p.ToString("0.0###", CultureInfo.InvariantCulture),
    };

    private static void Append(StringBuilder text, ErrorTable table, IReadOnlyList<ErrorCell> cells)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n{cells[0].Protocol} protocol\n");
        IReadOnlyList<IReadOnlyList<string>> lines =
            [[string.Empty, .. Columns(cells)], .. Rows(cells).Select(row => (IReadOnlyList<string>)[row.Row, .. row.Cells.Select(cell => cell is null ? "–" : One(table, cell))])];
        int[] widths = [.. lines[0].Select((_, column) => lines.Max(line => line[column].Length) + Gap)];
        foreach (var line in lines)
            text.Append(string.Concat(line.Select((value, column) => value.PadRight(widths[column]))).TrimEnd()).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"{Count(cells)} (*)\n");
        if (cells.Any(c => c.IsEarlier))
            text.Append(CultureInfo.InvariantCulture, $"{EarlierMeans}\n");
        foreach (var cell in cells.Where(c => c.Records.Count > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"{cell.Experiment,-22} seeds {string.Join(", ", cell.Records.Select(r => r.Seed)),-8} {cell.Minutes,6:f1} min  ")
                .AppendJoin(' ', cell.Records.Select(ResultFiles.DisplayName)).Append('\n');
        }

        foreach (var cell in cells.Where(c => c.Paired.Count > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"{cell.Experiment} against {cell.Baseline} on the same images: ").AppendJoin("; ", cell.Paired.Select(m =>
                $"seed {m.Seed}: {m.OnlyBaselineWrong} that only {cell.Baseline} has wrong, {m.OnlyNetworkWrong} that only {cell.Experiment} has, p {P(m.P)}")).Append('\n');
        }
    }

    private static string One(ErrorTable table, ErrorCell cell) => string.Create(
        CultureInfo.InvariantCulture,
        $"{cell.Paper.Error:f1} | {Ours(table, cell)}{(cell.IsAtOrBelow == true ? "*" : string.Empty)}{(cell.Records.Count > 1 ? $" ({cell.Records.Count})" : string.Empty)}");
}
