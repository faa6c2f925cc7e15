using Stn.Torch.Interop;

namespace Stn.Torch.Layers.Convolutions;

/// <summary>A convolution's weights as inference reads them: in the order that oneDNN computes with, found once and again when they have changed.</summary>
/// <remarks>Otherwise each call orders them anew, which for one image takes as long as its products. Many threads may ask at once.</remarks>
internal sealed class PreparedWeights(Conv2d layer) : IDisposable
{
    private readonly Lock _turn = new();
    private State? _state;

    /// <summary>The weights in oneDNN's layout, for the caller to dispose: who changes a parameter meanwhile takes nothing from him.</summary>
    internal Tensor Current()
    {
        lock (_turn)
            return Fresh().Weight.Alias();
    }

    /// <summary>Whether weights and bias hold neither NaN nor infinity.</summary>
    internal bool AreFinite()
    {
        lock (_turn)
            return Fresh().IsFinite;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_turn)
            _state?.Weight.Dispose();
    }

    private State Fresh()
    {
        if (_state is { } state && state.IsOf(layer))
            return state;
        _state?.Weight.Dispose();
        return _state = State.Of(layer);
    }

    /// <param name="Weight">In oneDNN's order.</param>
    /// <param name="IsFinite">Of weights and bias.</param>
    /// <param name="Source">The tensors that it was made of, each with its version: both an exchanged tensor and a changed one are others.</param>
    private sealed record State(Tensor Weight, bool IsFinite, (Tensor Tensor, long Version)[] Source)
    {
        internal static State Of(Conv2d layer)
        {
            using var recording = new NoGrad();
            using var scope = new TensorScope();
            var source = Array.ConvertAll(layer.Learned(), tensor => (tensor, tensor.Version));
            var sum = source.Aggregate(0f, (total, each) => total + each.tensor.Sum().Item<float>());
            var unrolls = ConvolutionForms.Unrolls(layer);
            var weight = unrolls ? UnrolledConvolution.Weight(layer.Weight.Value) : layer.Weight.Value;
            var (stride, padding) = unrolls ? (1, 0) : (layer.Stride, layer.Padding);
            var ordered = Ops.OrderWeight.Call(
                BlockedLayout.From(weight), new long[] { padding, padding }, new long[] { stride, stride }, new long[] { 1, 1 }, (long)layer.Groups);
            ordered.LeaveScope();
            return new State(ordered, float.IsFinite(sum), source);
        }

        internal bool IsOf(Conv2d layer) => Array.TrueForAll(Source, each => layer.Learned().Contains(each.Tensor) && each.Tensor.Version == each.Version);
    }
}
