using Stn.Kernels;

namespace Stn.Transformations;

/// <summary>Maps of the plane between pixels and normalised coordinates.</summary>
/// <remarks>Convention: pixel 0 is the centre of the first pixel, x before y; both kinds of matrices map target to source.</remarks>
public static class PixelMatrix
{
    /// <summary>The normalised form of a map from target pixels to source pixels: θ for a picture of this size.</summary>
    /// <param name="pixels">Target pixels to source pixels, as OpenCV's warps take it with WARP_INVERSE_MAP.</param>
    /// <param name="source">The size of U.</param>
    /// <param name="target">The size of V.</param>
    /// <param name="align">Where ±1 lies.</param>
    public static PlaneMatrix ToNormalised(PlaneMatrix pixels, Plane source, Plane target, AlignCorners align) =>
        FromPixels(source, align) * pixels * ToPixels(target, align);

    /// <summary>The pixel form of a normalised map: target pixels to source pixels.</summary>
    /// <param name="normalised">T_θ as a matrix.</param>
    /// <param name="source">The size of U.</param>
    /// <param name="target">The size of V.</param>
    /// <param name="align">Where ±1 lies.</param>
    public static PlaneMatrix OfNormalised(PlaneMatrix normalised, Plane source, Plane target, AlignCorners align) =>
        ToPixels(source, align) * normalised * FromPixels(target, align);

    /// <summary>Pixels of one normalised unit: half of what lies between −1 and +1.</summary>
    internal static double Unit(int size, AlignCorners align) =>
        align == AlignCorners.True && size > 1 ? (size - 1) / 2.0 : size / 2.0; // one pixel lies at 0, whatever its unit

    /// <summary>Pixel positions of a plane to normalised coordinates.</summary>
    public static PlaneMatrix FromPixels(Plane plane, AlignCorners align)
    {
        var (x, y) = (Unit(plane.Width, align), Unit(plane.Height, align));
        return new PlaneMatrix(1 / x, 0, -Middle(plane.Width) / x, 0, 1 / y, -Middle(plane.Height) / y, 0, 0, 1);
    }

    /// <summary>Normalised coordinates to pixel positions of a plane.</summary>
    public static PlaneMatrix ToPixels(Plane plane, AlignCorners align) => new(
        Unit(plane.Width, align), 0, Middle(plane.Width), 0, Unit(plane.Height, align), Middle(plane.Height), 0, 0, 1);

    private static double Middle(int size) => (size - 1) / 2.0;
}
