using Stn.Kernels;

namespace Stn.Checks.Scalar;

/// <summary>An image is a volume of one slice.</summary>
internal static class Images
{
    /// <summary>H and W of the slice.</summary>
    internal static Plane PlaneOf(Volume volume) => new(volume.Height, volume.Width);

    /// <summary>The volume of an image.</summary>
    internal static Volume VolumeOf(Plane plane) => new(1, plane.Height, plane.Width);
}
