using Stn.Torch;
using Stn.Torch.Optimisers;

namespace Stn;

/// <summary>Lets localisation networks learn at a rate of their own: too fast, and the transformer leaves the image; too slow, and the rest learns to do without it.</summary>
public static class LocalisationGroups
{
    /// <summary>The name of the group of all localisation networks.</summary>
    public const string Name = "localisation";

    /// <summary>The parameters of a network in two groups: all localisation networks, and the rest.</summary>
    /// <param name="network">Any network; without a spatial transformer there is one group.</param>
    /// <param name="factor">What the base rate is multiplied by for the localisation networks.</param>
    public static IReadOnlyList<ParameterGroup> Split(Module network, double factor)
    {
        ArgumentNullException.ThrowIfNull(network);
        var prefixes = network.Modules()
            .Where(m => m.Module is SpatialTransformerModule or ParallelTransformers)
            .Select(m => m.Name.Length == 0 ? $"{Name}." : $"{m.Name}.{Name}.")
            .ToArray();
        var parts = network.Parameters().ToLookup(p => prefixes.Any(x => p.Name.StartsWith(x, StringComparison.Ordinal)));
        var rest = new ParameterGroup("rest", [.. parts[false]]);
        return parts.Contains(true) ? [rest, new ParameterGroup(Name, [.. parts[true]], factor)] : [rest];
    }
}
