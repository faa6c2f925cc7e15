using Stn.Experiments.Catalogue;
using Stn.Experiments.Runs;

namespace Stn.Experiments.Reports;

/// <summary>The report of one run.</summary>
public static class RunReport
{
    /// <summary>Writes it.</summary>
    public static void Write(string path, TrainedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var experiment = ExperimentCatalogue.Find(run.Config.Experiment);
        var report = new HtmlReport($"{experiment.Name}: {run.Evaluation.Error:f2} % error")
            .Paragraph($"{experiment.Summary}; digits {experiment.Task.Title}. {run.Network.CountLearned()} parameters, {run.Config.Protocol} protocol, {run.Epochs.Count} epochs, seed {run.Config.Seed}.");
        if (experiment.Paper is { } paper)
            report.Paragraph($"The paper's table {paper.Table}, {paper.Row}, {paper.Column}: {paper.Error:f1} %.");
        report.LearningCurves(run).Digits(run, Sections.Figures(path)).Poses(run).MeanImages(run).PerClass(run.Evaluation)
            .Quiet($"Stn {RunManifest.BuildVersion}, libtorch {Torch.TorchRuntime.Version}, {RunManifest.ProcessorName()}.")
            .Write(path);
    }
}
