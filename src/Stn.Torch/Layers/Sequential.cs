namespace Stn.Torch.Layers;

/// <summary>Modules one after the other, each named: what the last gives is the result.</summary>
public sealed class Sequential : Composite
{
    /// <summary>Takes over named parts.</summary>
    /// <exception cref="ArgumentException">Two parts have one name.</exception>
    public Sequential(params (string Name, Module Part)[] parts)
        : base(parts)
    {
    }

    /// <summary>Takes over parts and names them by their place, as PyTorch does: 0, 1, ….</summary>
    public Sequential(params Module[] parts)
        : this([.. parts.Select((part, index) => ($"{index}", part))])
    {
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Pass pass)
    {
        var value = input;
        foreach (var (_, part) in Parts)
            value = part.Forward(value, pass);
        return value;
    }
}
