using Stn.Experiments.Catalogue;
using Stn.Experiments.Runs;
using Stn.Torch.Files;

namespace Stn.Experiments.Reports;

/// <summary>The report of one run.</summary>
public static class RunReport
{
    /// <summary>Writes it.</summary>
    public static void Write(string path, TrainedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var experiment = ExperimentCatalogue.Find(run.Config);
        var report = new HtmlReport($"{experiment.Name}: {run.Evaluation.Error:f2} % error")
            .Paragraph($"{experiment.Summary}. Samples: {experiment.Task.Title}. {run.Network.CountLearned()} parameters, {run.Config.Protocol} protocol, {run.Epochs.Count} epochs, seed {run.Config.Seed}.");
        if (experiment.Paper is { } paper)
            report.Paragraph($"The paper's table {paper.Table}, {paper.Row}, {paper.Column}: {paper.Error:f1} %.");
        if (File.Exists(FilmPath(path)))
            report.Heading("Some test digits while it learned").Film(File.ReadAllBytes(FilmPath(path)), "Left the input, an image with the outline of the region that each transformer samples; right what it made of it.");
        report.LearningCurves(run).Digits(run, Sections.Figures(path)).Poses(run).Windows(run).MeanImages(run).PerClass(run)
            .Quiet($"Stn {RunManifest.BuildVersion}, libtorch {Torch.TorchRuntime.Version}, {RunManifest.ProcessorName()}.")
            .Write(path);
    }

    /// <summary>Writes a film for the report to show, beside its figures.</summary>
    /// <param name="report">The report's page.</param>
    /// <param name="film">A GIF.</param>
    public static void WriteFilm(string report, byte[] film)
    {
        Directory.CreateDirectory(Sections.Figures(report));
        AtomicFile.Write(FilmPath(report), stream => stream.Write(film));
    }

    private static string FilmPath(string report) => Path.Combine(Sections.Figures(report), "learning.gif");
}
