namespace Stn.Torch.Layers;

/// <summary>A module made of named parts, each of which can be exchanged; how they are run is the derived class's own.</summary>
public abstract class Composite : Module
{
    private readonly (string Name, Module Part)[] _parts;

    /// <summary>Takes over named parts.</summary>
    /// <exception cref="ArgumentException">Two parts have one name.</exception>
    protected Composite(params (string Name, Module Part)[] parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.GroupBy(p => p.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"two parts are named '{twice.Key}'", nameof(parts));
        _parts = parts;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Module Part)> Parts => _parts;

    /// <inheritdoc/>
    public override IReadOnlyList<PartSlot> Slots =>
        [.. _parts.Select((p, i) => new PartSlot(p.Name, p.Part, part => _parts[i].Part = part))];

    /// <summary>Runs one part.</summary>
    /// <exception cref="KeyNotFoundException">There is no part of this name.</exception>
    protected Tensor Run(string name, Tensor input, Pass pass) => Part(name).Forward(input, pass);

    /// <summary>Whether there is a part of this name.</summary>
    protected bool Has(string name) => _parts.Any(p => p.Name == name);

    /// <summary>A part.</summary>
    /// <exception cref="KeyNotFoundException">There is no part of this name.</exception>
    protected Module Part(string name) => _parts.FirstOrDefault(p => p.Name == name).Part
        ?? throw new KeyNotFoundException($"{GetType().Name} has no part '{name}'; it has {string.Join(", ", _parts.Select(p => p.Name))}");
}
