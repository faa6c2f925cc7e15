using Stn.Data.Pictures;

namespace Stn.Experiments.Tests.Pictures;

/// <summary>Pictures without any symmetry.</summary>
internal static class Photographs
{
    internal static Picture Noise(int height, int width, int channels = 3)
    {
        var picture = new Picture(height, width, channels);
        new Random(7).NextBytes(picture.Pixels);
        for (var i = 3; i < picture.Pixels.Length && channels == 4; i += 4)
            picture.Pixels[i] |= 1; // no pixel wholly invisible: such a one has no colour to keep
        return picture;
    }
}
