using Stn.Experiments.Catalogue;
using Stn.Models;
using Stn.Torch;
using Stn.Torch.Files;
using Stn.Torch.Layers;
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
            "muon" => new Muon(groups, Outputs(network), weightDecay: config.WeightDecay),
            _ => throw new ArgumentException($"there is no optimiser '{config.Optimiser}'"),
        };
    }

    // The last layer of each chain gives θ, or the classes.
    private static HashSet<string> Outputs(Module network) =>
        [.. from chain in network.Modules()
            where chain.Module is Sequential
            let last = chain.Module.Parameters().LastOrDefault(p => p.Parameter.Value.Shape.Length > 1)
            where last.Name is not null
            select chain.Name.Length == 0 ? last.Name : $"{chain.Name}.{last.Name}"];

    // Weights of a standard network go to every one that is inside this one, where they are not of the whole.
    private static void LoadInit(Module network, string path, Action<string> note)
    {
        var weights = WeightFile.Read(path);
        var whole = network.Differences(weights);
        if (network.LoadMatching(weights) is { Count: > 0 } loaded)
        {
            Tell(loaded.Count, network, "this network", whole);
            return;
        }

        var inside = network.Modules().Where(m => m.Module is Backbone).ToArray();
        var differences = inside.Select(one => one.Module.Differences(weights)).ToArray();
        var counts = inside.Select(one => one.Module.LoadMatching(weights).Count).ToArray();
        if (counts.Sum() == 0)
            throw new ArgumentException($"nothing in {path} fits this network: {string.Join("; ", (differences.FirstOrDefault() ?? whole).Take(6))}");
        for (var i = 0; i < inside.Length; i++)
            Tell(counts[i], inside[i].Module, inside[i].Name, differences[i]);

        void Tell(int count, Module part, string name, IReadOnlyList<string> left) => note(
            $"{name} started from {path}: {count} of {part.Parameters().Count()} entries" + (left.Count == 0 ? string.Empty : $"; not taken: {string.Join("; ", left)}"));
    }

    private static void Freeze(Module network, string part)
    {
        var module = network.Modules().FirstOrDefault(m => m.Name == part).Module
            ?? throw new ArgumentException(
                $"freeze: the network has no part '{part}'; it has {string.Join(", ", network.Modules().Select(m => m.Name).Where(n => n.Length > 0))}");
        module.Freeze();
    }
}
