using Stn.Data;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Evaluations;
using Stn.Experiments.Reports;
using Stn.Experiments.Results;
using Stn.Experiments.Runs;
using Stn.Experiments.Sweeps;
using Stn.Experiments.Training;

namespace Stn.Experiments.Figures;

/// <summary>What figures of trained networks are made from.</summary>
/// <param name="Data">Where data come from.</param>
/// <param name="Files">Records, with weights or without.</param>
/// <param name="Runs">The folder that runs lie in.</param>
/// <param name="Note">Told what is left out.</param>
public sealed record FigureSources(DataSources Data, ResultFiles Files, string Runs, Action<string> Note)
{
    private const ulong MostSeeds = 10;

    /// <summary>Whether there are weights of an experiment.</summary>
    internal bool Has(string experiment) => Find(experiment) is not null;

    /// <summary>The trained network of an experiment on its test set: weights kept with a record, or else those of a run's folder, with a note where that is no whole run of the protocol; of the first seed that has any.</summary>
    internal TrainedRun Load(string experiment)
    {
        var (config, weights) = Need(experiment);
        return TrainedRun.Load(config, weights, Data, "cpu", []);
    }

    /// <summary>The network of an experiment with the same weights, and the test set, without a look at all of it.</summary>
    internal (SavedNetwork Network, ISampleSet Set) LoadUnmeasured(string experiment)
    {
        var (config, weights) = Need(experiment);
        return (SavedNetwork.Load(weights, experiment), ExperimentCatalogue.Find(experiment).Task.Sets(Data, config).Evaluation);
    }

    private (TrainingConfig Config, string Weights) Need(string experiment)
    {
        var (config, weights) = Find(experiment) ?? throw new FileNotFoundException($"there is no trained {experiment}");
        if (weights != Kept(config) && !IsWhole(SweepPlan.FolderOf(Runs, config), config))
            Note($"{weights} is of no whole run of the protocol");
        return (config, weights);
    }

    private (TrainingConfig Config, string Weights)? Find(string experiment)
    {
        var config = ExperimentCatalogue.Find(experiment).Config(Protocols.Fast);
        for (ulong seed = 1; seed <= MostSeeds; seed++)
        {
            var one = config with { Seed = seed };
            string[] places = [Kept(one), Path.Combine(SweepPlan.FolderOf(Runs, one), "checkpoints", "model.safetensors")];
            if (Array.Find(places, File.Exists) is { } weights)
                return (one, weights);
        }

        return null;
    }

    private string Kept(TrainingConfig config) => Path.ChangeExtension(Files.PathOf(config), ".safetensors");

    private static bool IsWhole(string folder, TrainingConfig config)
    {
        var (settings, metrics) = (Path.Combine(folder, "config.json"), Path.Combine(folder, "metrics.jsonl"));
        return File.Exists(settings) && File.Exists(metrics)
            && ConfigFile.Read(settings) is var run && (run.Experiment, run.Protocol, run.Seed) == (config.Experiment, config.Protocol, config.Seed)
            && Recorder.IsCurrent(run) && MetricsLog.IsWhole(MetricsLog.Epochs(metrics), run);
    }
}
