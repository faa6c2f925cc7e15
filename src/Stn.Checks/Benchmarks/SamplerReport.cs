using System.Globalization;

namespace Stn.Checks.Benchmarks;

/// <summary>The rows of a run of <c>stn bench sampler</c> and what they were measured with.</summary>
/// <param name="Rows">In the order in which they were measured.</param>
/// <param name="Stn">Version and commit.</param>
/// <param name="Libtorch">Its version.</param>
/// <param name="Processor">Its name.</param>
/// <param name="Cores">How many there are.</param>
/// <param name="Seed">Of the tensors.</param>
/// <param name="Written">When, in UTC.</param>
public sealed record SamplerReport(
    IReadOnlyList<SamplerRow> Rows, string Stn, string Libtorch, string Processor, int Cores, ulong Seed, DateTime Written)
{
    /// <summary>As a Markdown table: a line for each work and size, the numbers of threads side by side.</summary>
    public string Markdown()
    {
        var threads = Rows.Select(row => row.Threads).Distinct().Order().ToArray();
        var columns = threads.Select(count => $" Stn, {count} thr. | libtorch, {count} thr. | **ratio** |");
        var lines = Rows.GroupBy(row => (row.Work, row.Size)).Select(group => Line([.. group.OrderBy(row => row.Threads)]));
        return string.Join('\n', [
            $"| work | size |{string.Concat(columns)} ns a value | × copy |",
            $"|---|---|{string.Concat(threads.Select(_ => "---:|---:|---:|"))}---:|---:|",
            .. lines,
        ]) + "\n";
    }

    // ns a value and the multiple of the copy are those of the fewest threads.
    private static string Line(SamplerRow[] rows)
    {
        var times = rows.Select(row => string.Create(
            CultureInfo.InvariantCulture, $" {row.StnMs:f2} ms | {row.LibtorchMs:f2} ms | **{row.Ratio:f1}×** |"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {rows[0].Work} | {rows[0].Size} |{string.Concat(times)} {rows[0].NsPerElement:f2} | {rows[0].TimesMemcpy:f1} |");
    }
}
