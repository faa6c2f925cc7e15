using System.Globalization;
using System.Text;
using Stn.Experiments.CoLocalisation;
using Stn.Experiments.Results;

namespace Stn.Experiments.Tables;

/// <summary>Table 5: images with the digit found, in percent, for each class of digits, alone and among distractors.</summary>
internal sealed class Table5 : IPaperTable
{
    /// <inheritdoc/>
    public int Number => 5;

    /// <inheritdoc/>
    public string Title => "co-localisation, images with the digit found in percent";

    /// <inheritdoc/>
    public string Text(ResultFiles files)
    {
        var cells = Cells(files);
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"Table {Number}: {Title}, the paper's | ours\n\n{"digit",-7}{"T",-26}TC\n");
        foreach (var row in Rows(cells))
            text.Append(CultureInfo.InvariantCulture, $"{row[0].Digit,-7}{One(row[0], "*"),-26}{One(row[1], "*")}\n");
        return text.Append(Summary(cells)).Append(" (*)\n").ToString();
    }

    /// <inheritdoc/>
    public string Markdown(ResultFiles files)
    {
        var cells = Cells(files);
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"## Table {Number}: {Title}\n\n");
        text.Append("The paper's number, then ours: the mean of the seeds ± their standard deviation, (n) their number. An image counts where the window has an intersection over union above 0.5 with the digit's 28×28 frame; (ink: …) with the box around its ink. Bold: at or above the paper's after rounding to whole percent.\n\n");
        text.Append("| digit | T | TC | files |\n| --- | --- | --- | --- |\n");
        foreach (var row in Rows(cells))
            text.Append(CultureInfo.InvariantCulture, $"| {row[0].Digit} | {One(row[0], "**")} | {One(row[1], "**")} | {string.Join(' ', row.SelectMany(cell => cell.Records).Select(Link))} |\n");
        return text.Append(CultureInfo.InvariantCulture, $"\n{Summary(cells)}.\n").ToString();
    }

    /// <inheritdoc/>
    public IReadOnlyList<object> Json(ResultFiles files) => [.. Cells(files).Select(cell => (object)new
    {
        cell.Data,
        cell.Digit,
        cell.Paper,
        cell.Ours,
        cell.Spread,
        cell.Ink,
        Seeds = cell.Records.Count,
        Minutes = cell.Records.Count == 0 ? (double?)null : cell.Records.Average(r => r.Minutes),
        Log = cell.Records is [var first, ..] ? CoLocalisationFiles.DisplayName(first) : null,
        AtOrAbovePaper = cell.IsAtOrAbove,
        Logs = cell.Records.Select(CoLocalisationFiles.DisplayName).ToArray(),
    })];

    private static IReadOnlyList<Cell> Cells(ResultFiles files)
    {
        var own = new CoLocalisationFiles(files.Folder);
        return [.. CoLocalisationExperiments.All.Select(settings => new Cell(settings.Data, settings.Digit, CoLocalisationExperiments.Paper(settings), own.OfAllSeeds(settings)))];
    }

    // T and TC of each digit.
    private static IEnumerable<Cell[]> Rows(IReadOnlyList<Cell> cells) => cells.GroupBy(cell => cell.Digit).Select(group => group.ToArray());

    // The mark of what is at or above the paper's tells the form: * for a terminal, ** for a document.
    private static string One(Cell cell, string mark)
    {
        var isPage = mark == "**";
        var paper = string.Create(CultureInfo.InvariantCulture, $"{cell.Paper:f0} {(isPage ? "·" : "|")} ");
        if (cell.Ours is not { } ours)
            return paper + ErrorTableText.NotRun;
        var spread = cell.Spread is { } deviation ? string.Create(CultureInfo.InvariantCulture, $" ± {deviation:f1}") : string.Empty;
        var number = string.Create(CultureInfo.InvariantCulture, $"{(cell.IsAtOrAbove == true && isPage ? mark : string.Empty)}{ours:f1}{spread}{(cell.IsAtOrAbove == true ? mark : string.Empty)} ({cell.Records.Count})");
        return paper + number + (isPage ? string.Create(CultureInfo.InvariantCulture, $" (ink: {cell.Ink:f0})") : string.Empty);
    }

    private static string Summary(IReadOnlyList<Cell> cells) =>
        string.Join("; ", cells.GroupBy(cell => cell.Data).Select(group =>
        {
            var measured = group.Where(cell => cell.Ours is not null).ToList();
            var means = measured.Count == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", mean {measured.Average(c => c.Ours!.Value):f1}, the paper's of the same {measured.Average(c => c.Paper):f1}");
            return $"{group.Key}: {measured.Count} of {group.Count()} digits are measured{means}, {measured.Count(c => c.IsAtOrAbove == true)} at or above the paper's after rounding";
        }));

    private static string Link(CoLocalisationRecord record) =>
        string.Create(CultureInfo.InvariantCulture, $"[{(record.Settings.Cluttered ? "TC" : "T")}{record.Seed}](../{CoLocalisationFiles.DisplayName(record)})");

    private sealed record Cell(string Data, int Digit, double Paper, IReadOnlyList<CoLocalisationRecord> Records)
    {
        internal double? Ours => Records.Count == 0 ? null : Records.Average(r => r.Correct);

        internal double? Ink => Records.Count == 0 ? null : Records.Average(r => r.CorrectInk);

        internal double? Spread => Records.Count < 2 ? null : Math.Sqrt(Records.Sum(r => (r.Correct - Ours!.Value) * (r.Correct - Ours.Value)) / (Records.Count - 1));

        internal bool? IsAtOrAbove => Ours is { } ours ? Math.Round(ours, MidpointRounding.AwayFromZero) >= Paper : null;
    }
}
