using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>A sampling kernel at work on the staged points of one tile, for all channels of one image.</summary>
internal interface ITaps<T>
    where T : unmanaged
{
    /// <summary>Whether positions are read where they were located, not moved by the padding first.</summary>
    bool KeepsPositions { get; }

    /// <summary>Writes the tile's values of V.</summary>
    void Forward(in Work<T> work, in Tile tile, in Staged<T> staged);

    /// <summary>
    /// Adds the tile's part to the gradient of U if that is wanted, and to the gradients of the staged positions if they are.
    /// </summary>
    void Backward(in Work<T> work, in Tile tile, in Staged<T> staged);
}
