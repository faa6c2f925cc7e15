using Stn.Kernels;
using Stn.Torch;

namespace Stn;

/// <summary>Shapes and their checks at the library's edge.</summary>
internal static class Shapes
{
    internal static void RequireImage(Tensor image)
    {
        if (image.Dimensions != 4)
            throw new ArgumentException($"images must be (N, C, H, W), got {image}", nameof(image));
    }

    internal static void RequireVolume(Tensor volume)
    {
        if (volume.Dimensions != 5)
            throw new ArgumentException($"volumes must be (N, C, D, H, W), got {volume}", nameof(volume));
    }

    /// <summary>Whether these are volumes, (N, C, D, H, W), and not images.</summary>
    internal static bool IsVolume(Tensor image) => image.Dimensions == 5;

    /// <summary>H and W of images, D, H and W of volumes.</summary>
    internal static int[] SizesOf(Tensor image) => [.. image.Shape[2..].Select(size => (int)size)];

    /// <summary>(N, C, H, W) of images.</summary>
    internal static ImageBatch BatchOf(Tensor image) => new((int)image.Size(0), (int)image.Size(1), PlaneOf(image));

    /// <summary>(N, C, D, H, W) of volumes.</summary>
    internal static VolumeBatch VolumesOf(Tensor volume) => new((int)volume.Size(0), (int)volume.Size(1), VolumeOf(volume));

    /// <summary>H and W of images.</summary>
    internal static Plane PlaneOf(Tensor image) => new((int)image.Size(2), (int)image.Size(3));

    /// <summary>D, H and W of volumes.</summary>
    internal static Volume VolumeOf(Tensor volume) => new((int)volume.Size(2), (int)volume.Size(3), (int)volume.Size(4));

    /// <summary>h and w of a grid, (N, h, w, 2).</summary>
    internal static Plane TargetOf(Tensor grid) => new((int)grid.Size(1), (int)grid.Size(2));

    /// <summary>d, h and w of a grid, (N, d, h, w, 3).</summary>
    internal static Volume VolumeTargetOf(Tensor grid) => new((int)grid.Size(1), (int)grid.Size(2), (int)grid.Size(3));
}
