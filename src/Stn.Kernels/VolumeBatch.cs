namespace Stn.Kernels;

/// <summary>The shape (N, C, D, H, W) of a batch of volumes that lie one after the other without gaps.</summary>
/// <param name="Count">N, the number of volumes; 0 is a batch with nothing in it.</param>
/// <param name="Channels">C, the channels of each volume.</param>
/// <param name="Volume">D, H and W.</param>
public readonly record struct VolumeBatch(int Count, int Channels, Volume Volume)
{
    /// <summary>N·C·D·H·W, the number of values.</summary>
    public long Length => Count * Channels * (long)Volume.Length;
}
