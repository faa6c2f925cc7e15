using Stn.Kernels;

namespace Stn;

/// <summary>The shape of an image or of a feature map, without the batch.</summary>
/// <param name="Channels">C.</param>
/// <param name="Size">H and W.</param>
public readonly record struct FeatureMap(int Channels, Plane Size)
{
    /// <summary>C×H×W.</summary>
    public FeatureMap(int channels, int height, int width)
        : this(channels, new Plane(height, width))
    {
    }

    /// <summary>As error messages show it.</summary>
    public override string ToString() => $"{Channels}×{Size.Height}×{Size.Width}";
}
