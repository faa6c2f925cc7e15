using Stn.Experiments.Reports;

namespace Stn.Experiments.Benchmarks;

/// <summary>The page of <c>stn bench scaling</c>: time an image and memory over the batch and over the canvas.</summary>
public static class ScalingPage
{
    /// <summary>The batches of the first sweep, on <see cref="Canvas"/>.</summary>
    public static IReadOnlyList<int> Batches { get; } = [16, 32, 64, 128, 256, 512, 1024];

    /// <summary>The canvases of the second sweep, at <see cref="Batch"/>.</summary>
    public static IReadOnlyList<int> Canvases { get; } = [28, 42, 60, 80, 104, 128];

    /// <summary>The canvas of the first sweep.</summary>
    public const int Canvas = 42;

    /// <summary>The batch of the second sweep.</summary>
    public const int Batch = 256;

    /// <summary>Writes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="report">Training steps of one network.</param>
    /// <param name="byBatch">The rows over the batch.</param>
    /// <param name="byCanvas">The rows over the canvas.</param>
    public static void Write(string path, StepReport report, IReadOnlyList<StepRow> byBatch, IReadOnlyList<StepRow> byCanvas)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(byBatch);
        ArgumentNullException.ThrowIfNull(byCanvas);
        var page = new HtmlReport($"A training step of {report.Rows[0].Network}")
            .Quiet($"{report.Processor}, {report.Sides[0].Threads} threads; {string.Join(", ", report.Sides.Select(side => $"{side.Name} {side.Version}"))}; {report.Written:yyyy-MM-dd}");
        Section(page, $"Batch, {byBatch[0].Canvas}×{byBatch[0].Canvas} images", "images of a step", byBatch, row => row.Batch, isDoubling: true);
        Section(page, $"Canvas, {byCanvas[0].Batch} images a step", "side of the images, pixels", byCanvas, row => row.Canvas, isDoubling: false);
        page.Write(path);
    }

    private static void Section(HtmlReport page, string heading, string x, IReadOnlyList<StepRow> rows, Func<StepRow, double> place, bool isDoubling)
    {
        page.Heading(heading)
            .Chart(
                Charts.Lines(x, "ms an image", true, [Curve("Stn", row => row.StnMs / row.Batch), Curve("PyTorch", row => row.PytorchMs / row.Batch)], isDoubling),
                "Median time of a training step, for an image.")
            .Chart(
                Charts.Lines(x, "MB", true, [Curve("Stn", row => row.StnPeakMb!.Value), Curve("PyTorch", row => row.PytorchPeakMb!.Value)], isDoubling),
                "What the first steps add to the largest resident memory of the process.")
            .Table(
                [x, "Stn, ms an image", "PyTorch, ms an image", "ratio", "Stn, MB", "PyTorch, MB"],
                rows.Select(row => (IReadOnlyList<string>)
                [
                    $"{place(row)}", $"{row.StnMs / row.Batch:g3}", $"{row.PytorchMs / row.Batch:g3}", $"{row.Ratio:f2}", $"{row.StnPeakMb:f0}", $"{row.PytorchPeakMb:f0}",
                ]));

        (string Name, IReadOnlyList<(double X, double Y)> Points) Curve(string name, Func<StepRow, double> value) =>
            (name, [.. rows.Select(row => (place(row), value(row)))]);
    }
}
