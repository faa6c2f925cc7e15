using Stn.Experiments.Birds;
using Stn.Experiments.Evaluations;

namespace Stn.Experiments.Reports;

/// <summary>The parts that reports are put together from.</summary>
internal static class Sections
{
    private const int SheetColumns = 4;
    private const int SheetCells = 24;
    private const int MostPixels = 192; // that an image is drawn with, if it has no more itself

    internal static HtmlReport LearningCurves(this HtmlReport report, params TrainedRun[] runs) => report
        .Heading("Learning curves")
        .Chart(
            Charts.Lines("epoch", "error on the fixed test set, %", true, [.. runs.Select(r => (r.Config.Experiment, Points(r, e => Math.Max(e.Error, 0.01))))]),
            "Error after each epoch.")
        .Chart(
            Charts.Lines("epoch", "training loss", true, [.. runs.Select(r => (r.Config.Experiment, Points(r, e => Math.Max(e.TrainLoss, 1e-6))))]),
            "Mean training loss of each epoch.");

    internal static HtmlReport Digits(this HtmlReport report, TrainedRun run, string figures)
    {
        var pictures = new DigitPictures(run.Network, run.Sets.Evaluation, run.ClassNames) { Zoom = Math.Clamp(MostPixels / run.Sets.Evaluation.Shape.Plane.Width, 1, 3) };
        var (which, some) = Some(run.Evaluation.Predictions);
        var sheet = pictures.Sheet($"{run.Config.Experiment}: {which} test images", some, SheetColumns);
        Directory.CreateDirectory(figures);
        sheet.SavePng(Path.Combine(figures, "digits.png"));
        report.Heading("Test images").Picture(
            sheet,
            run.Evaluation.Predictions[0].Theta is null
                ? "The input, and its true class; a red frame marks a mistake."
                : "Left the input with the outline of the region that the transformer samples, right what it made of it; below, the true class. A red frame marks a mistake.");
        var worst = run.Evaluation.Worst.Take(SheetCells / 2).ToList();
        report.Heading("The worst mistakes");
        return worst.Count == 0
            ? report.Paragraph("There are none.")
            : report.Picture(
                pictures.Sheet($"{run.Config.Experiment}: least probability for the truth", worst, SheetColumns),
                "True class, what was read instead, and how sure the network was.");
    }

    // A folder's pictures come class by class: the first would be of one.
    internal static (string Which, IReadOnlyList<Prediction> Some) Some(IReadOnlyList<Prediction> all)
    {
        Prediction[] first = [.. all.Take(SheetCells)];
        return first.All(one => one.Labels.SequenceEqual(all[0].Labels)) && !all.All(one => one.Labels.SequenceEqual(all[0].Labels))
            ? ($"{first.Length} evenly spaced", [.. first.Select((_, i) => all[(int)((long)i * all.Count / first.Length)])])
            : ($"the first {first.Length}", first);
    }

    /// <summary>The folder of a report's pictures, beside it.</summary>
    internal static string Figures(string report) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(report))!, "figures");

    internal static HtmlReport Poses(this HtmlReport report, TrainedRun run)
    {
        if (PoseStatistics.Of(run) is not { } poses)
            return report;
        var spread = poses.Spread;
        return report
            .Heading("What the transformer chose, beside what was applied")
            .Paragraph($"The angle of the digits varies by {spread.AngleBefore:f1}° (standard deviation) before the transformer and by {spread.AngleAfter:f1}° behind it; their size by {spread.ScaleBefore:f1} % and {spread.ScaleAfter:f1} %; their place by {spread.PlaceBefore:f1} % and {spread.PlaceAfter:f1} % of the image's side. Nobody told it any of these.")
            .Chart(
                Charts.Scatter("angle applied to the digit, degrees", "angle chosen, degrees", poses.Angles.Take(2000), ((-45, -45), (45, 45))),
                "Each point is a test digit (the first 2,000). A transformer that undoes every rotation lies on a line of this slope.")
            .Chart(
                Charts.Scatter("scale applied to the digit", "side of the region chosen", poses.Scales.Take(2000), ((0.7, 0.7), (1.2, 1.2))),
                "The same for the scale: larger digits need a larger region.")
            .Chart(
                Charts.Histograms("degrees", -60, 60, [("applied", [.. poses.Angles.Select(a => a.Applied)]), ("chosen", [.. poses.Angles.Select(a => a.Chosen)]), ("left over", poses.AnglesLeft)]),
                "Angles applied, chosen, and left over behind the transformer (its mean pose taken off).")
            .Chart(
                Charts.Histograms("scale", 0.3, 1.5, [("applied", [.. poses.Scales.Select(s => s.Applied)]), ("chosen", [.. poses.Scales.Select(s => s.Chosen)])]),
                "Scales applied and chosen.");
    }

    internal static HtmlReport Windows(this HtmlReport report, TrainedRun run) => WindowCoverage.Of(run) is not { } coverage
        ? report
        : report
            .Heading("What the windows see of the birds")
            .Paragraph($"Of {coverage.Heads} heads and {coverage.Bodies} bodies that can be seen, those whose middle lies in a window. The network learned from the classes alone.")
            .Table(["window", "heads, %", "bodies, %"], coverage.Shares.Select(s => (IReadOnlyList<string>)[s.Window, $"{s.Heads:f1}", $"{s.Bodies:f1}"]));

    internal static HtmlReport MeanImages(this HtmlReport report, TrainedRun run)
    {
        if (ClassMeans.Of(run) is not { } means)
            return report;
        return report
            .Heading("The mean image of each class")
            .Picture(means.Draw(), "Above the mean of the test images of each class as they come, below the mean of what the transformer makes of them: the sharper, the more alike it made them.");
    }

    internal static HtmlReport PerClass(this HtmlReport report, TrainedRun run) => report
        .Heading("Error of each class")
        .Table(
            ["class", run.Sets.Evaluation.LabelsPerSample > 1 ? "labels" : "images", "error, %"],
            run.Evaluation.PerClass.Select(c => (IReadOnlyList<string>)[LabelText.Of(run.ClassNames, [c.Label]), $"{c.Count}", $"{c.Error:f2}"]));

    private static List<(double X, double Y)> Points(TrainedRun run, Func<Runs.EpochMetrics, double> value) =>
        [.. run.Epochs.Select(e => ((double)e.Epoch, value(e)))];
}
