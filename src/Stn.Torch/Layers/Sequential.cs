using Stn.Torch.Layers.Convolutions;

namespace Stn.Torch.Layers;

/// <summary>Modules one after the other, each named: what the last gives is the result.</summary>
/// <remarks>Neighbours may be computed together, a convolution and the pooling and ReLU behind it; values and gradients are those of one after the other.</remarks>
public sealed class Sequential : Composite
{
    private Grouping? _grouping;

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
        foreach (var stage in Stages())
            value = stage.Forward(value, pass);
        return value;
    }

    // A part may have been exchanged since the last time. Threads that run one network at once may group it twice, to the same end.
    private Module[] Stages()
    {
        var grouping = _grouping;
        if (grouping is null || !grouping.Layers.SequenceEqual(Parts.Select(part => part.Part)))
        {
            Module[] layers = [.. Parts.Select(part => part.Part)];
            _grouping = grouping = new Grouping(layers, ConvolutionForms.Group(layers));
        }

        return grouping.Stages;
    }

    private sealed record Grouping(Module[] Layers, Module[] Stages);
}
