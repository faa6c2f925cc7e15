using Stn.Cli.Console;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Reports;
using Stn.Experiments.Results;
using Stn.Experiments.Runs;
using Stn.Experiments.Training;
using Stn.Torch;

namespace Stn.Cli.Commands;

/// <summary>What a run came to.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="Record">Its record; null where none was asked for, or it is not complete.</param>
internal sealed record Trained(TrainingOutcome Outcome, string Folder, string? Record);

/// <summary>Trains a run to its end, writes its report, and records it: what <c>stn train</c> and <c>stn sweep</c> share.</summary>
/// <param name="sources">Where data come from.</param>
/// <param name="signal">Ends a run early.</param>
internal sealed class Trainer(DataSources sources, StopSignal signal)
{
    /// <summary>Where records go; null for none.</summary>
    internal ResultFiles? Results { get; init; }

    /// <summary>Whether weights are kept beside records.</summary>
    internal bool KeepsWeights { get; init; }

    /// <summary>Whether a film of some test digits is made.</summary>
    internal bool Films { get; init; }

    /// <summary>Starts a run, or goes on with it.</summary>
    /// <param name="config">Its settings.</param>
    /// <param name="open">Makes or opens its folder, when all that may fail before has gone well.</param>
    internal Trained Train(TrainingConfig config, Func<RunFolder> open)
    {
        TorchRuntime.RequireDevice(Device.Parse(config.Device));
        if (Results is not null)
            Recorder.RequireProtocol(config);
        var experiment = ExperimentCatalogue.Find(config);
        if (Films)
            RequireTransformer(experiment);
        var sets = experiment.Task.Sets(sources, config); // may take minutes, and may fail: before there is a folder
        using var run = open();
        if (Results is not null)
            Recorder.RequireLog(run);
        using var film = Films ? new LearningFilm(run.Path, sets.Evaluation, sets.ClassNames ?? experiment.Task.ClassNames) : null;
        var outcome = Live.Watch(progress => TrainLoop.Run(config, sets, run, progress, () => signal.IsRequested, film));
        if (!outcome.IsComplete)
            return new Trained(outcome, run.Path, null);

        using var trained = TrainedRun.Load(run.Path, sources, config.Device);
        var record = Results is null ? null : Recorder.Write(Results, trained, run, KeepsWeights, System.Console.Error.WriteLine);
        Report(run, trained, film);
        return new Trained(outcome, run.Path, record);
    }

    // After the record: pictures can be drawn later, a number that took hours must not wait for them.
    private static void Report(RunFolder run, TrainedRun trained, LearningFilm? film)
    {
        try
        {
            if (film is not null)
                RunReport.WriteFilm(run.ReportPath, film.Draw(trained.Network));
            RunReport.Write(run.ReportPath, trained);
        }
        catch (DllNotFoundException error)
        {
            System.Console.Error.WriteLine($"no report: {error.Message}; then 'stn train --resume {run.Path}' writes it");
        }
    }

    private static void RequireTransformer(Experiment experiment)
    {
        using var network = experiment.Network();
        if (!network.Modules().Any(m => m.Module is SpatialTransformerModule))
            throw new ArgumentException($"--animate: {experiment.Name} has no spatial transformer");
    }

    /// <summary>The folder of a run, new or to go on with.</summary>
    /// <exception cref="ArgumentException">The run in it has other settings.</exception>
    internal static RunFolder OpenOrCreate(string folder, TrainingConfig config)
    {
        if (!File.Exists(Path.Combine(folder, "config.json")))
            return RunFolder.Create(folder, config);
        var differences = ConfigFile.Differences(ConfigFile.Read(Path.Combine(folder, "config.json")), config);
        return differences.Count == 0
            ? RunFolder.Open(folder)
            : throw new ArgumentException($"{folder} was started otherwise: {string.Join("; ", differences)}; move or remove it, and it is begun anew");
    }
}
