using Stn.Torch.Layers.Convolutions.Spectral;

namespace Stn.Torch.Layers.Convolutions;

/// <summary>Neighbours in a network that are computed as one: a convolution, and the convolutions, poolings and ReLUs behind it.</summary>
/// <remarks>It owns nothing: the layers are parts of the network.</remarks>
internal sealed class LayerRun(Module[] layers) : Module
{
    private readonly Conv2d[] _convolutions = [.. layers.OfType<Conv2d>()];

    private Conv2d First => (Conv2d)layers[0];

    /// <summary>The layers, in order.</summary>
    internal IReadOnlyList<Module> Layers => layers;

    // Each once: a layer may stand in a run twice, and its gradient is that of both places.
    private readonly Parameter[] _parameters = [.. layers.SelectMany(layer => layer.OwnParameters).Select(own => own.Parameter).Distinct()];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Pass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!BlockedLayout.Suits(input))
            return Plain(input, pass);
        return NoGrad.IsRecording ? Recorded(input, pass) : Unrecorded(input, pass);
    }

    /// <summary>The values of the layers' parameters, in their order.</summary>
    internal Tensor[] Learned() => Array.ConvertAll(_parameters, parameter => parameter.Value);

    /// <summary>Layer by layer.</summary>
    internal Tensor Plain(Tensor input, Pass pass) => layers.Aggregate(input, (value, layer) => layer.Forward(value, pass));

    /// <summary>In oneDNN's layout from the first layer to the last.</summary>
    internal Tensor Blocked(Tensor input, Pass pass)
    {
        var value = First.ForwardBlocked(input);
        foreach (var layer in layers.AsSpan(1))
            value = layer.Forward(value, pass);
        return BlockedLayout.ToDense(value);
    }

    private Tensor Recorded(Tensor input, Pass pass)
    {
        if (!IsFinite([input, .. Learned()]))
            return Plain(input, pass);
        return ConvolutionForms.IsSpectral(First, input) ? Spectral(input, pass) : new RunFunction(this, pass).Apply([input, .. Learned()])[0];
    }

    private Tensor Unrecorded(Tensor input, Pass pass)
    {
        if (ConvolutionForms.IsSpectral(First, input))
            return IsFinite([input, .. Learned()]) ? Spectral(input, pass) : Plain(input, pass);
        return _convolutions.All(layer => layer.Prepared.AreFinite()) && IsFinite([input]) ? Prepared(input, pass) : Plain(input, pass);
    }

    private Tensor Prepared(Tensor input, Pass pass)
    {
        using var first = First.Prepared.Current();
        var value = First.ForwardBlocked(input, first);
        foreach (var layer in layers.AsSpan(1))
        {
            using var weight = (layer as Conv2d)?.Prepared.Current();
            value = layer is Conv2d convolution ? convolution.ForwardOrdinary(value, weight) : layer.Forward(value, pass);
        }

        return BlockedLayout.ToDense(value);
    }

    // Channels are innermost in what it gives, which libtorch's pooling keeps.
    private Tensor Spectral(Tensor input, Pass pass)
    {
        var value = new SpectralFunction(First.Padding).Apply(input, First.Weight.Value, First.Bias!.Value)[0];
        return layers.Skip(1).Aggregate(value, (current, layer) => layer.Forward(current, pass));
    }

    // oneDNN's pooling and ReLU swallow a NaN and a spectrum spreads it, libtorch's keep it where it is: what went wrong must show in the loss.
    private static bool IsFinite(Tensor[] tensors)
    {
        using var recording = new NoGrad();
        using var scope = new TensorScope();
        return float.IsFinite(tensors.Skip(1).Aggregate(tensors[0].Sum(), (sum, tensor) => sum + tensor.Sum()).Item<float>());
    }
}
