using Stn.Torch.Layers.Convolutions;

namespace Stn.Torch.Layers;

/// <summary>Modules one after the other, each named: what the last gives is the result.</summary>
/// <remarks>Neighbours may be computed together, a convolution and the pooling and ReLU behind it; values and gradients are those of one after the other.</remarks>
public sealed class Sequential : Module
{
    private readonly (string Name, Module Part)[] _parts;
    private readonly Module[] _stages;

    /// <summary>Takes over named parts.</summary>
    public Sequential(params (string Name, Module Part)[] parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        _parts = parts;
        _stages = ConvolutionForms.Group([.. parts.Select(part => part.Part)]);
    }

    /// <summary>Takes over parts and names them by their place, as PyTorch does: 0, 1, ….</summary>
    public Sequential(params Module[] parts)
        : this([.. parts.Select((part, index) => ($"{index}", part))])
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Module Part)> Parts => _parts;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Pass pass)
    {
        var value = input;
        foreach (var stage in _stages)
            value = stage.Forward(value, pass);
        return value;
    }
}
