using Stn.Data.Pictures;
using Stn.Torch;

namespace Stn.Experiments.Pictures;

/// <summary>Pictures as the images that networks and warps read, and back.</summary>
/// <remarks>
/// Convention: (1, C, H, W) in Float32, 0 to 1, C = 3 or 4. Colour is premultiplied with alpha, so that an invisible pixel's colour does
/// not bleed into its neighbours; on the way back it is divided again, and what is wholly invisible becomes black.
/// </remarks>
public static class PictureTensors
{
    /// <summary>A picture as a batch of one image.</summary>
    public static Tensor ToTensor(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var pixels = picture.Pixels;
        var (channels, plane) = (picture.Channels, picture.Height * picture.Width);
        var values = new float[channels * plane];
        for (var i = 0; i < plane; i++)
        {
            var pixel = pixels.Slice(i * channels, channels);
            var alpha = channels == 4 ? pixel[3] / 255f : 1;
            for (var c = 0; c < 3; c++)
                values[(c * plane) + i] = pixel[c] / 255f * alpha;
            if (channels == 4)
                values[(3 * plane) + i] = alpha;
        }

        return Tensor.From(values, 1, channels, picture.Height, picture.Width);
    }

    /// <summary>A batch of one image as a picture; what lies outside 0 to 1 is clamped, NaN is black.</summary>
    /// <param name="image">(1, 3, H, W) or (1, 4, H, W), Float32.</param>
    /// <exception cref="ArgumentException">The shape is another one.</exception>
    public static Picture ToPicture(Tensor image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Shape is not [1, 3 or 4, >= 1, >= 1])
            throw new ArgumentException($"a picture is made of (1, 3, H, W) or (1, 4, H, W), got {image}", nameof(image));
        var picture = new Picture((int)image.Size(2), (int)image.Size(3), (int)image.Size(1));
        using var dense = image.Contiguous();
        var (values, plane) = (dense.ToArray<float>(), picture.Height * picture.Width);
        for (var i = 0; i < plane; i++)
        {
            var pixel = picture.Pixels.Slice(i * picture.Channels, picture.Channels);
            var alpha = pixel.Length == 4 ? values[(3 * plane) + i] : 1;
            for (var c = 0; c < 3; c++)
                pixel[c] = alpha > 0 ? Byte(values[(c * plane) + i] / alpha) : (byte)0;
            if (pixel.Length == 4)
                pixel[3] = Byte(alpha);
        }

        return picture;
    }

    // A float's conversion saturates, and takes NaN to 0.
    private static byte Byte(float value) => (byte)Math.Clamp(MathF.Round(value * 255), 0, 255);
}
