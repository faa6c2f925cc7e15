namespace Stn.Kernels;

/// <summary>The shape (N, C, H, W) of a batch of images that lie one after the other without gaps.</summary>
/// <param name="Count">N, the number of images; 0 is a batch with nothing in it.</param>
/// <param name="Channels">C, the planes of each image.</param>
/// <param name="Plane">H and W.</param>
public readonly record struct ImageBatch(int Count, int Channels, Plane Plane)
{
    /// <summary>N·C·H·W, the number of values.</summary>
    public long Length => (long)Count * Channels * Plane.Height * Plane.Width;
}
