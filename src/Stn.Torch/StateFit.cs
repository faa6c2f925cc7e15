namespace Stn.Torch;

/// <summary>How weights from elsewhere fit a module, by full name.</summary>
/// <param name="Matching">In both, of one shape.</param>
/// <param name="Missing">In the module alone; what it can do without (<see cref="Parameter.IsOptional"/>) does not count.</param>
/// <param name="OtherShape">In both, of different shapes.</param>
/// <param name="Unexpected">In the weights alone.</param>
public sealed record StateFit(
    IReadOnlyList<string> Matching, IReadOnlyList<string> Missing, IReadOnlyList<ShapeDifference> OtherShape, IReadOnlyList<string> Unexpected)
{
    /// <summary>Whether nothing keeps the weights from fitting.</summary>
    public bool IsExact => Missing.Count == 0 && OtherShape.Count == 0 && Unexpected.Count == 0;

    /// <summary>What keeps them from fitting, an entry each, in words; empty where they fit.</summary>
    public IReadOnlyList<string> Differences =>
    [
        .. Missing.Select(name => $"{name} is missing"),
        .. OtherShape.Select(other => other.ToString()),
        .. Unexpected.Select(name => $"{name} is not in the network"),
    ];
}

/// <summary>One name with two shapes.</summary>
/// <param name="Name">The full name.</param>
/// <param name="InWeights">The shape in the weights.</param>
/// <param name="InModule">The shape in the module.</param>
public sealed record ShapeDifference(string Name, IReadOnlyList<long> InWeights, IReadOnlyList<long> InModule)
{
    /// <summary>As error messages show it.</summary>
    public override string ToString() =>
        $"{Name} is ({string.Join(", ", InWeights)}) in the file and ({string.Join(", ", InModule)}) in the network";
}
