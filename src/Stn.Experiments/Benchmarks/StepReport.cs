using System.Globalization;

namespace Stn.Experiments.Benchmarks;

/// <summary>The rows of a run of <c>stn bench step</c> or <c>scaling</c> and what they were measured with.</summary>
/// <param name="Rows">In the order in which they were measured.</param>
/// <param name="Sides">Who computed: ours, PyTorch, PyTorch with its best settings; with the BLAS that each has mapped.</param>
/// <param name="TunedEnvironment">The variables of the last one.</param>
/// <param name="Processor">Its name.</param>
/// <param name="Cores">How many there are.</param>
/// <param name="Peak">What it can do.</param>
/// <param name="Seed">Of weights and images.</param>
/// <param name="Written">When, in UTC.</param>
public sealed record StepReport(
    IReadOnlyList<StepRow> Rows, IReadOnlyList<StepWorkerIdentity> Sides, IReadOnlyDictionary<string, string?> TunedEnvironment,
    string Processor, int Cores, ProcessorPeak Peak, ulong Seed, DateTime Written)
{
    /// <summary>As a Markdown table.</summary>
    public string Markdown() => string.Join('\n', [
        "| network | canvas | batch | phase | Stn | PyTorch | **ratio** | best settings | **ratio** | images/s | GFLOP/s | of peak | warp | localisation | MB | PyTorch MB |",
        $"|---|---:|---:|---|{string.Concat(Enumerable.Repeat("---:|", 12))}",
        .. Rows.Select(Line),
    ]) + "\n";

    private static string Line(StepRow row) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {row.Network} | {row.Canvas} | {row.Batch} | {row.Phase} | {row.StnMs:g4} ms | {row.PytorchMs:g4} ms | **{row.Ratio:f2}×** | {Text(row.PytorchTunedMs, "g4", " ms")} | {(row.RatioTuned is { } tuned ? string.Create(CultureInfo.InvariantCulture, $"**{tuned:f2}×**") : "–")} | {row.StnImagesPerSecond:f0} | {Text(row.StnGflops, "f1")} | {Text(100 * row.StnPeakShare, "f0", " %")} | {Text(100 * row.TransformerShare, "f1", " %")} | {Text(100 * row.LocalisationShare, "f1", " %")} | {Text(row.StnPeakMb, "f0")} | {Text(row.PytorchPeakMb, "f0")} |");

    private static string Text(double? value, string format, string unit = "") =>
        value is { } number ? number.ToString(format, CultureInfo.InvariantCulture) + unit : "–";
}
