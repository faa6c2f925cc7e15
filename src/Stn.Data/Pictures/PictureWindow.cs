using Stn.Kernels;

namespace Stn.Data.Pictures;

/// <summary>An upright square of a picture, in the picture's pixels.</summary>
/// <param name="X">Its middle, from the picture's left edge.</param>
/// <param name="Y">Its middle, from the upper edge.</param>
/// <param name="Side">Its side.</param>
internal readonly record struct PictureWindow(double X, double Y, double Side)
{
    /// <summary>Writes what it shows, (3, size, size): one affine warp, anti-aliased where the picture is finer.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="size">h = w.</param>
    /// <param name="values">Written in full.</param>
    /// <param name="padding">What lies beside the picture.</param>
    /// <param name="isMirrored">Left and right exchanged.</param>
    public void Write(Picture picture, int size, Span<float> values, Padding padding, bool isMirrored = false)
    {
        ReadOnlySpan<float> theta =
        [
            (float)(Side / picture.Width) * (isMirrored ? -1 : 1), 0, (float)((2 * X / picture.Width) - 1),
            0, (float)(Side / picture.Height), (float)((2 * Y / picture.Height) - 1),
        ];
        AffineWarp.Forward(
            PicturePlanes.Of(picture, 3), new ImageBatch(1, 3, new Plane(picture.Height, picture.Width)), theta,
            Sampling.AntiAliased(padding), AlignCorners.False, new Plane(size, size), values, threads: 1);
    }

    /// <summary>A point of the picture in the window's coordinates: ±1 are its edges.</summary>
    public (double X, double Y) Normalised(double x, double y) => (2 * (x - X) / Side, 2 * (y - Y) / Side);
}
