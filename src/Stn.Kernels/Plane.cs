namespace Stn.Kernels;

/// <summary>The size of an image plane in pixels.</summary>
/// <param name="Height">H, the number of rows.</param>
/// <param name="Width">W, the number of pixels in a row; rows follow each other without a gap.</param>
public readonly record struct Plane(int Height, int Width)
{
    /// <summary>H·W, the number of pixels.</summary>
    public int Length => Height * Width;
}
