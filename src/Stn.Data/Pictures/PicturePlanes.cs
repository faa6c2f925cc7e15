namespace Stn.Data.Pictures;

/// <summary>Pictures as planes of numbers, (C, H, W), 0 black to 1 white; what is transparent is black.</summary>
internal static class PicturePlanes
{
    /// <summary>The planes of a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="channels">C: 1 for luma, 3 for red, green, blue.</param>
    public static float[] Of(Picture picture, int channels)
    {
        var pixels = picture.Pixels;
        var count = picture.Height * picture.Width;
        var planes = new float[channels * count];
        for (var i = 0; i < count; i++)
        {
            var pixel = pixels.Slice(i * picture.Channels, picture.Channels);
            var light = pixel.Length == 4 ? pixel[3] / (255f * 255f) : 1 / 255f;
            if (channels == 1)
            {
                planes[i] = ((299 * pixel[0]) + (587 * pixel[1]) + (114 * pixel[2])) * light / 1000;
                continue;
            }

            for (var c = 0; c < 3; c++)
                planes[(c * count) + i] = pixel[c] * light;
        }

        return planes;
    }
}
