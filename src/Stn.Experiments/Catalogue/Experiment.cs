using Stn.Experiments.Training;
using Stn.Torch;

namespace Stn.Experiments.Catalogue;

/// <summary>An experiment is a value: data, network, and how it is trained.</summary>
public sealed record Experiment
{
    /// <summary>The name under which the tool knows it, <c>data/network</c>: <c>rts/st-cnn-aff</c>.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence for people.</summary>
    public required string Summary { get; init; }

    /// <summary>What is learned.</summary>
    public required IExperimentTask Task { get; init; }

    /// <summary>Makes the network with fresh weights, from libtorch's generator.</summary>
    public required Func<Module> Network { get; init; }

    /// <summary>The paper's number; null where it has none.</summary>
    public PaperResult? Paper { get; init; }

    /// <summary>Whether it starts from weights that the user has (<c>--init</c>): a record of it may name any.</summary>
    public bool StartsFromWeights { get; init; }

    /// <summary>How it is trained, by the protocol's name.</summary>
    public required IReadOnlyDictionary<string, TrainingConfig> Protocols { get; init; }

    /// <summary>The resolved settings of a protocol.</summary>
    /// <exception cref="ArgumentException">The experiment has no such protocol.</exception>
    public TrainingConfig Config(string protocol) =>
        Protocols.TryGetValue(protocol, out var config)
            ? config with { Experiment = Name, Protocol = protocol }
            : throw new ArgumentException($"{Name} has no protocol '{protocol}': use {string.Join(" or ", Protocols.Keys)}", nameof(protocol));
}
