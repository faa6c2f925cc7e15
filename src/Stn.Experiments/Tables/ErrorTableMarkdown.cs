using System.Globalization;
using System.Text;
using Stn.Experiments.Results;
using Stn.Experiments.Runs;

namespace Stn.Experiments.Tables;

/// <summary>A table of errors for a document in <c>docs/</c>.</summary>
internal static class ErrorTableMarkdown
{
    internal static string Of(ErrorTable table, IReadOnlyList<IReadOnlyList<ErrorCell>> byProtocol)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"## Table {table.Number}: {table.Title}, error on the test set in percent\n");
        foreach (var cells in byProtocol)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### Protocol `{cells[0].Protocol}`\n\n");
            text.Append("The paper's number, then ours: the mean of the seeds ± their standard deviation, (n) their number. Bold: at or below the paper's after rounding to one decimal.\n\n");
            Grid(text, table, cells);
            text.Append(CultureInfo.InvariantCulture, $"\n{ErrorTableText.Count(cells)}.\n");
            if (cells.Any(c => c.IsEarlier))
                text.Append(CultureInfo.InvariantCulture, $"\n{ErrorTableText.EarlierMeans}.\n");
            if (cells.All(c => c.Records.Count == 0))
                continue;
            Costs(text, table, cells);
            Paired(text, table, cells);
            Poses(text, cells);
        }

        return text.ToString();
    }

    private static void Grid(StringBuilder text, ErrorTable table, IReadOnlyList<ErrorCell> cells)
    {
        Row(text, ["network", .. ErrorTableText.Columns(cells)]);
        Row(text, ["---", .. ErrorTableText.Columns(cells).Select(_ => "---")]);
        foreach (var (row, all) in ErrorTableText.Rows(cells))
            Row(text, [row, .. all.Select(cell => cell is null ? "–" : One(table, cell))]);
    }

    private static string One(ErrorTable table, ErrorCell cell)
    {
        var ours = ErrorTableText.Ours(table, cell);
        var number = cell.Records.Count > 1 ? $" ({cell.Records.Count})" : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{cell.Paper.Error:f1} · {(cell.IsAtOrBelow == true ? $"**{ours}**" : ours)}{number}");
    }

    private static void Costs(StringBuilder text, ErrorTable table, IReadOnlyList<ErrorCell> cells)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n#### What each cell took\n\nThe paper: {table.PaperTraining}. Minutes are the mean of the seeds, with the evaluation after each epoch.\n\n");
        Row(text, ["experiment", "parameters", "epochs", "steps", "images", "minutes", "on", "files"]);
        Row(text, ["---", "---:", "---:", "---:", "---:", "---:", "---", "---"]);
        foreach (var cell in cells.Where(c => c.Records.Count > 0))
        {
            var one = cell.Records[0];
            Row(text,
                [
                    $"`{cell.Experiment}`", Number(one.Parameters), Number(one.Epochs), Number(one.Steps), Number(one.Samples),
                    cell.Minutes!.Value.ToString("f1", CultureInfo.InvariantCulture), string.Join("; ", cell.Records.Select(Machine).Distinct()), string.Join(' ', cell.Records.Select(Link)),
                ]);
        }
    }

    private static void Paired(StringBuilder text, ErrorTable table, IReadOnlyList<ErrorCell> cells)
    {
        if (cells.All(c => c.Paired.Count == 0))
            return;
        text.Append(CultureInfo.InvariantCulture, $"\n#### {table.Comparison}, on the same test images\n\nImages that only one of the two misclassifies, for each seed, and the chance of a difference as large either way if both were equally good (McNemar's exact test).\n\n");
        Row(text, ["network", "against", "seed", "wrong only there", "wrong only here", "p"]);
        Row(text, ["---", "---", "---:", "---:", "---:", "---:"]);
        foreach (var cell in cells)
        {
            foreach (var m in cell.Paired)
                Row(text, [$"`{cell.Experiment}`", $"`{cell.Baseline}`", $"{m.Seed}", $"{m.OnlyBaselineWrong}", $"{m.OnlyNetworkWrong}", ErrorTableText.P(m.P)]);
        }
    }

    private static void Poses(StringBuilder text, IReadOnlyList<ErrorCell> cells)
    {
        RunRecord[] posed = [.. cells.SelectMany(c => c.Records).Where(r => r.Poses is not null)];
        if (posed.Length == 0)
            return;
        text.Append("\n#### What the transformers made of the digits' poses\n\nStandard deviations over the test digits, before the transformer → behind it: of the angle, of the scale's logarithm, and of the place in the image's side.\n\n");
        Row(text, ["experiment", "seed", "angle, °", "scale, %", "place, %"]);
        Row(text, ["---", "---:", "---:", "---:", "---:"]);
        foreach (var record in posed)
        {
            var p = record.Poses!;
            Row(text, [$"`{record.Experiment}`", $"{record.Seed}", Change(p.AngleBefore, p.AngleAfter), Change(p.ScaleBefore, p.ScaleAfter), Change(p.PlaceBefore, p.PlaceAfter)]);
        }
    }

    private static string Change(double before, double after) => string.Create(CultureInfo.InvariantCulture, $"{before:f1} → {after:f1}");

    internal static string Machine(RunRecord record) => string.Join(", then ", record.Manifest.Parts.Select(Machine).Distinct());

    private static string Machine(RunPart part) => part.Device == "cpu" ? $"{part.Processor}, {part.Threads} thread{(part.Threads == 1 ? string.Empty : "s")}" : part.Gpu ?? part.Device;

    internal static string Link(RunRecord record) => $"[{record.Seed}](../{ResultFiles.DisplayName(record)})";

    internal static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    internal static void Row(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
