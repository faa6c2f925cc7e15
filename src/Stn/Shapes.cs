using Stn.Torch;

namespace Stn;

/// <summary>The checks of shapes at the library's edge.</summary>
internal static class Shapes
{
    internal static void RequireImage(Tensor image)
    {
        if (image.Dimensions != 4)
            throw new ArgumentException($"images must be (N, C, H, W), got {image}", nameof(image));
    }
}
