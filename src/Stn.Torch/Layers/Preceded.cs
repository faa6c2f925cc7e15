namespace Stn.Torch.Layers;

/// <summary>
/// A layer with another module in front of it. The layer's parameters keep their names, as if it stood alone; the module's
/// are listed first, under a name of its own inside the layer.
/// </summary>
public sealed class Preceded : Module
{
    private readonly string _name;
    private readonly Module _layer;
    private Module _first;

    /// <summary>Takes over both.</summary>
    /// <param name="name">The name of <paramref name="first"/> inside the layer.</param>
    /// <param name="first">What the input goes through first.</param>
    /// <param name="layer">What its result goes through.</param>
    /// <exception cref="ArgumentException">The layer has a part of this name, or the name is empty or has a dot.</exception>
    public Preceded(string name, Module first, Module layer)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(layer);
        if (name.Contains('.', StringComparison.Ordinal))
            throw new ArgumentException($"a name of one part has no dot, got '{name}'", nameof(name));
        if (layer.Parts.Any(p => p.Name == name) || layer.OwnParameters.Any(own => own.Name == name))
            throw new ArgumentException($"the layer has something named '{name}' already; give another name", nameof(name));
        (_name, _first, _layer) = (name, first, layer);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Parameter Parameter)> OwnParameters => _layer.OwnParameters;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Module Part)> Parts => [(_name, _first), .. _layer.Parts];

    /// <inheritdoc/>
    public override IReadOnlyList<PartSlot> Slots => [new(_name, _first, part => _first = part), .. _layer.Slots];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Pass pass) => _layer.Forward(_first.Forward(input, pass), pass);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _layer.Dispose(); // by itself: it may free more than its parameters
        base.Dispose(disposing);
    }
}
