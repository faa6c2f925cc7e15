using Stn.Experiments.Catalogue;
using Stn.Torch;
using Stn.Torch.Files;
using Stn.Torch.Optimisers;

namespace Stn.Experiments.Training;

/// <summary>From a configuration to the parts of a run.</summary>
internal static class Preparation
{
    /// <summary>The network with fresh weights from the run's seed, started from other weights and frozen in parts where asked for.</summary>
    internal static Module Network(Experiment experiment, TrainingConfig config, Action<string> note)
    {
        TorchRuntime.Seed(Seeds.OfWeights(config.Seed));
        var network = experiment.Network();
        try
        {
            if (config.Init.Length > 0)
                LoadInit(network, config.Init, note);
            foreach (var part in config.Frozen)
                Freeze(network, part);
            if (network.CountLearned() == 0)
                throw new ArgumentException($"freeze={config.Freeze}: nothing is left to learn");
            network.MoveTo(Device.Parse(config.Device));
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    internal static Optimiser Optimiser(TrainingConfig config, Module network)
    {
        var groups = LocalisationGroups.Split(network, config.LocalisationRate);
        return config.Optimiser switch
        {
            "sgd" => new Sgd(groups, config.Momentum, config.WeightDecay),
            "adam" => new Adam(groups, weightDecay: config.WeightDecay),
            "adamw" => new Adam(groups, weightDecay: config.WeightDecay, decoupled: true),
            _ => throw new ArgumentException($"there is no optimiser '{config.Optimiser}'"),
        };
    }

    internal static Schedule Schedule(TrainingConfig config, long totalSteps) => config.Schedule switch
    {
        "constant" => new Schedule.Constant(config.Rate),
        "steps" => new Schedule.Steps(config.Rate, config.StepEvery),
        "one-cycle" => new Schedule.OneCycle(config.Rate, totalSteps, config.WarmUp),
        _ => throw new ArgumentException($"there is no schedule '{config.Schedule}'"),
    };

    private static void LoadInit(Module network, string path, Action<string> note)
    {
        var weights = WeightFile.Read(path);
        var differences = network.Differences(weights);
        var loaded = network.LoadMatching(weights);
        if (loaded.Count == 0)
            throw new ArgumentException($"nothing in {path} fits this network: {string.Join("; ", differences.Take(6))}");
        note($"started from {path}: {loaded.Count} of {network.Parameters().Count()} entries"
            + (differences.Count == 0 ? string.Empty : $"; not taken: {string.Join("; ", differences)}"));
    }

    private static void Freeze(Module network, string part)
    {
        var module = network.Modules().FirstOrDefault(m => m.Name == part).Module
            ?? throw new ArgumentException(
                $"freeze: the network has no part '{part}'; it has {string.Join(", ", network.Modules().Select(m => m.Name).Where(n => n.Length > 0))}");
        module.Freeze();
    }
}
