using Stn.Torch.Interop;

namespace Stn.Torch.Layers.Convolutions;

/// <summary>
/// oneDNN's own layout of images, channels in blocks as wide as a vector. Convolution, ReLU and pooling compute in it; kept from one to
/// the next it saves a reordering before and after each.
/// </summary>
internal static class BlockedLayout
{
    private static readonly Lazy<bool> Available = new(IsThere);

    /// <summary>Whether a tensor can be brought into it: images of Float32 on the CPU, not none of them, and a libtorch built with oneDNN.</summary>
    internal static bool Suits(Tensor input) =>
        input.Type == DType.Float32 && input.Dimensions == 4 && input.ElementCount > 0 && !input.Device.IsCuda && Available.Value;

    internal static Tensor From(Tensor dense) => Ops.ToBlocked.Call(dense);

    internal static Tensor ToDense(Tensor blocked) => Ops.ToDense.Call(blocked);

    private static bool IsThere()
    {
        using var recording = new NoGrad();
        using var scope = new TensorScope();
        try
        {
            From(Tensor.Zeros([1, 1, 1, 1]));
            return true;
        }
        catch (TorchException)
        {
            return false;
        }
    }
}
