using Stn.Torch.Interop;

namespace Stn.Torch;

/// <content>Operators of volumes, NCDHW.</content>
public static partial class Functional
{
    /// <summary>3-D cross-correlation, as every framework calls convolution.</summary>
    /// <param name="input">(N, in, D, H, W).</param>
    /// <param name="weight">(out, in, d, h, w).</param>
    /// <param name="bias">(out), or null.</param>
    /// <param name="stride">Voxels between two positions of the kernel.</param>
    /// <param name="padding">Slices, rows and columns of zeros around the input.</param>
    public static Tensor Conv3d(Tensor input, Tensor weight, Tensor? bias, int stride = 1, int padding = 0) =>
        Ops.Conv3d.Call(input, weight, bias, Three(stride), Three(padding));

    /// <summary>The largest of each window of size×size×size, windows side by side.</summary>
    /// <param name="input">(N, C, D, H, W).</param>
    /// <param name="size">Window and stride.</param>
    /// <param name="ceil">Whether a last, incomplete window counts.</param>
    public static Tensor MaxPool3d(Tensor input, int size, bool ceil = false) =>
        Ops.MaxPool3d.Call(input, Three(size), Three(size), Three(0), Three(1), ceil);

    /// <summary>The mean of each window of size×size×size, windows side by side.</summary>
    /// <param name="input">(N, C, D, H, W).</param>
    /// <param name="size">Window and stride.</param>
    /// <param name="ceil">Whether a last, incomplete window counts.</param>
    public static Tensor AvgPool3d(Tensor input, int size, bool ceil = false) =>
        Ops.AvgPool3d.Call(input, Three(size), Three(size), Three(0), ceil);

    private static long[] Three(int number) => [number, number, number];
}
