namespace Stn.Kernels;

/// <summary>The size of a volume in voxels.</summary>
/// <param name="Depth">D, the number of slices; z counts them.</param>
/// <param name="Height">H, the rows of a slice; y counts them.</param>
/// <param name="Width">W, the voxels of a row; x counts them.</param>
public readonly record struct Volume(int Depth, int Height, int Width)
{
    /// <summary>D·H·W, the number of voxels.</summary>
    public int Length => Depth * Height * Width;
}
