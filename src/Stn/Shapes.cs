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

    /// <summary>(N, C, H, W) of images.</summary>
    internal static ImageBatch BatchOf(Tensor image) => new((int)image.Size(0), (int)image.Size(1), PlaneOf(image));

    /// <summary>H and W of images.</summary>
    internal static Plane PlaneOf(Tensor image) => new((int)image.Size(2), (int)image.Size(3));

    /// <summary>h and w of a grid, (N, h, w, 2).</summary>
    internal static Plane TargetOf(Tensor grid) => new((int)grid.Size(1), (int)grid.Size(2));
}
