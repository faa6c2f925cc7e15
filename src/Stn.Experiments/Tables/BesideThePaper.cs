using System.Globalization;
using System.Text;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Results;
using static Stn.Experiments.Tables.ErrorTableMarkdown;

namespace Stn.Experiments.Tables;

/// <summary>Records of experiments that have no cell in the paper's tables: synthetic numbers, small networks on birds, digits in space.</summary>
internal static class BesideThePaper
{
    /// <summary>For a document in <c>docs/</c>: a section; empty where there is no such record.</summary>
    internal static string Markdown(ResultFiles files)
    {
        var order = ExperimentCatalogue.All.Where(e => e.Paper is null).Select((e, place) => (e.Name, place)).ToDictionary();
        RunRecord[] records = [.. files.All().Where(r => order.ContainsKey(r.Experiment)).OrderBy(r => order[r.Experiment]).ThenBy(r => r.Protocol, StringComparer.Ordinal).ThenBy(r => r.Seed)];
        if (records.Length == 0)
            return string.Empty;
        var text = new StringBuilder("\n## Beside the paper's tables\n\nExperiments of ours; none of these numbers has a cell above.\n\n");
        Row(text, ["experiment", "protocol", "error, %", "test samples", "parameters", "epochs", "samples", "minutes", "on", "file"]);
        Row(text, ["---", "---", "---:", "---:", "---:", "---:", "---:", "---:", "---", "---"]);
        foreach (var one in records)
        {
            Row(text,
                [
                    $"`{one.Experiment}`", one.Protocol, one.Error.ToString("f2", CultureInfo.InvariantCulture), Number(one.TestSamples), Number(one.Parameters), Number(one.Epochs),
                    Number(one.Samples), one.Minutes.ToString("f1", CultureInfo.InvariantCulture), Machine(one), Link(one),
                ]);
        }

        Windows(text, records);
        return text.ToString();
    }

    private static void Windows(StringBuilder text, IEnumerable<RunRecord> records)
    {
        foreach (var record in records.Where(r => r.Windows is not null))
        {
            var windows = record.Windows!;
            text.Append(CultureInfo.InvariantCulture, $"\n#### What the windows of `{record.Experiment}`, seed {record.Seed}, see of the birds\n\n");
            text.Append(CultureInfo.InvariantCulture, $"The share of {windows.Heads} heads and {windows.Bodies} bodies whose middle lies in a window; fixed windows of the same size beside it.\n\n");
            Row(text, ["window", "heads, %", "bodies, %"]);
            Row(text, ["---", "---:", "---:"]);
            foreach (var share in windows.Shares)
                Row(text, [share.Window, share.Heads.ToString("f1", CultureInfo.InvariantCulture), share.Bodies.ToString("f1", CultureInfo.InvariantCulture)]);
        }
    }
}
