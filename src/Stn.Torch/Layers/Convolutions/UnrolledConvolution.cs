using Stn.Torch.Interop;

namespace Stn.Torch.Layers.Convolutions;

/// <summary>
/// A convolution of few channels as one of many: the columns that the kernel spans become channels, so that a kernel k×k over C channels
/// is one of k×1 over C·k. The same products are summed.
/// </summary>
internal static class UnrolledConvolution
{
    /// <summary>(N, C, H, W) to (N, C·k, H, W − k + 1).</summary>
    internal static Tensor Input(Tensor input, int kernel)
    {
        var columns = Ops.Unfold.Call(input, 3L, (long)kernel, 1L).Permute(0, 1, 4, 2, 3);
        return columns.Reshape(input.Size(0), input.Size(1) * kernel, input.Size(2), input.Size(3) - kernel + 1);
    }

    /// <summary>(out, C, k, k) to (out, C·k, k, 1).</summary>
    internal static Tensor Weight(Tensor weight) =>
        weight.Permute(0, 1, 3, 2).Reshape(weight.Size(0), weight.Size(1) * weight.Size(3), weight.Size(2), 1);
}
