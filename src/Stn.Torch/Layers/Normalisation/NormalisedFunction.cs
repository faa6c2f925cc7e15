using Stn.Torch.Interop;

namespace Stn.Torch.Layers.Normalisation;

/// <summary>Batch norm by the batch's own moments, a map added to it or none, ReLU or none: (x, weight, bias[, added]) to y, in kernels of ours.</summary>
/// <param name="isRectified">Whether ReLU follows.</param>
/// <param name="epsilon">Added to the variance.</param>
internal sealed unsafe class NormalisedFunction(bool isRectified, double epsilon) : CustomFunction
{
    private NormalisationPass _form;
    private bool _hasAdded;

    /// <summary>The moments of the batch, after forward: of each channel.</summary>
    internal ChannelMoments[] Moments { get; private set; } = [];

    /// <summary>The same as libtorch's operators.</summary>
    internal static Tensor Plain(Tensor[] inputs, bool isRectified, double epsilon)
    {
        var value = Ops.BatchNorm.Call(inputs[0], inputs[1], inputs[2], (Tensor?)null, (Tensor?)null, true, 0.0, epsilon, false);
        if (inputs.Length > 3)
            value += inputs[3];
        return isRectified ? value.Relu() : value;
    }

    /// <summary>The shape of maps.</summary>
    internal static NormalisedMap MapOf(Tensor map) => new((int)map.Size(0), (int)map.Size(1), (int)(map.Size(2) * map.Size(3)));

    /// <inheritdoc/>
    protected internal override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        _form = new NormalisationPass(MapOf(inputs[0]), isRectified);
        _hasAdded = inputs.Length > 3;
        var moments = Moments = new ChannelMoments[_form.Shape.Channels];
        var output = Tensor.Empty(DType.Float32, inputs[0].Shape);
        _form.Forward(
            TensorMemory.Floats(inputs[0]), _hasAdded ? TensorMemory.Floats(inputs[3]) : null, TensorMemory.Floats(output), TensorMemory.Floats(inputs[1]), TensorMemory.Floats(inputs[2]), epsilon,
            (channel, rows) => moments[channel] = ChannelMoments.Of(rows));
        context.Save([output, .. inputs]);
        return [output];
    }

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(FunctionContext context, Tensor[] gradients)
    {
        var saved = context.Saved(_hasAdded ? 5 : 4);
        var inputs = saved[1..];
        var wanted = Enumerable.Range(0, inputs.Length).Select(context.NeedsGrad).ToArray();
        if (NoGrad.IsRecording)
            return RecordedGradients(nodes => Plain(nodes, isRectified, epsilon), inputs, wanted, gradients[0]);

        var results = inputs.Select((input, i) => i < 3 || wanted[i] ? Tensor.Empty(DType.Float32, input.Shape) : null).ToArray();
        _form.Backward(
            new BackwardMaps
            {
                Gradient = TensorMemory.Floats(gradients[0].Contiguous()),
                Output = TensorMemory.Floats(saved[0]),
                Input = TensorMemory.Floats(inputs[0]),
                InputGradient = TensorMemory.Floats(results[0]!),
                AddedGradient = _hasAdded && wanted[3] ? TensorMemory.Floats(results[3]!) : null,
            },
            Moments, epsilon, TensorMemory.Floats(inputs[1]), TensorMemory.Floats(results[1]!), TensorMemory.Floats(results[2]!));
        return [.. results.Select((result, i) => wanted[i] ? result : null)];
    }
}
