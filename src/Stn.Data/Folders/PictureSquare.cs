using Stn.Data.Pictures;
using Stn.Kernels;

namespace Stn.Data.Folders;

/// <summary>A picture of any size as a square image of numbers: one affine warp, anti-aliased where the picture is larger.</summary>
internal static class PictureSquare
{
    /// <summary>Writes (C, side, side), 0 black to 1 white; what is transparent is black.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="fit">How it becomes a square.</param>
    /// <param name="motion">From the square to the fitted picture, six numbers as <see cref="Augmentation.Draw"/> writes them.</param>
    /// <param name="channels">C: 1 for luma, 3 for red, green, blue.</param>
    /// <param name="side">h = w.</param>
    /// <param name="values">Written in full.</param>
    public static void Write(Picture picture, PictureFit fit, ReadOnlySpan<double> motion, int channels, int side, Span<float> values)
    {
        var (x, y) = Scales(picture, fit);
        ReadOnlySpan<float> theta =
        [
            (float)(x * motion[0]), (float)(x * motion[1]), (float)(x * motion[2]),
            (float)(y * motion[3]), (float)(y * motion[4]), (float)(y * motion[5]),
        ];
        var padding = fit == PictureFit.Pad ? Padding.Zeros : Padding.Border;
        AffineWarp.Forward(
            PicturePlanes.Of(picture, channels), new ImageBatch(1, channels, new Plane(picture.Height, picture.Width)), theta,
            Sampling.AntiAliased(padding), AlignCorners.False, new Plane(side, side), values, threads: 1);
    }

    // Half the sides of the square that is seen, in halves of the picture's sides.
    private static (double X, double Y) Scales(Picture picture, PictureFit fit)
    {
        double side = fit == PictureFit.Pad ? Math.Max(picture.Width, picture.Height) : Math.Min(picture.Width, picture.Height);
        return fit == PictureFit.Stretch ? (1, 1) : (side / picture.Width, side / picture.Height);
    }
}
