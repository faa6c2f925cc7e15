namespace Stn.Kernels;

/// <summary>
/// Where the normalised coordinates −1 and +1 lie on an axis of n pixels: the one convention that the grid
/// generator and the sampler of a spatial transformer must share.
/// </summary>
/// <remarks>
/// Pixel p counts from 0 at the centre of the first pixel. <see cref="False"/>: p = ((x + 1)·n − 1)/2;
/// <see cref="True"/>: p = (x + 1)/2·(n − 1). PyTorch's and ONNX's default is <see cref="False"/>, and Stn's too.
/// </remarks>
public enum AlignCorners
{
    /// <summary>−1 and +1 are the outer edges of the first and the last pixel.</summary>
    False = 0,

    /// <summary>−1 and +1 are the centres of the first and the last pixel.</summary>
    True = 1,
}
