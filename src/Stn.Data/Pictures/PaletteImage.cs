using Stn.Data.Pictures.Interop;

namespace Stn.Data.Pictures;

/// <summary>Pictures as libgd's palette images, for GIF.</summary>
internal static class PaletteImage
{
    private const int MaxColours = 256;

    internal static GdImage From(Picture picture)
    {
        Gd.Require();
        // libgd's quantiser works on 5 or 6 bits a channel even where there are few colours: it would blur grey levels.
        if (TryExact(picture) is { } exact)
            return exact;

        var image = GdImage.From(picture);
        if (Gd.TrueColourToPalette(image, dither: 0, MaxColours) != 0)
            return image;

        image.Dispose();
        throw new InvalidOperationException("libgd could not reduce a picture to 256 colours");
    }

    private static GdImage? TryExact(Picture picture)
    {
        var indices = new Dictionary<int, int>(MaxColours);
        for (var pixels = picture.Pixels; !pixels.IsEmpty; pixels = pixels[picture.Channels..])
        {
            if (indices.TryAdd(Key(pixels), indices.Count) && indices.Count > MaxColours)
                return null;
        }

        var image = Gd.CreatePalette(picture.Width, picture.Height);
        if (image.IsInvalid)
            throw new InvalidOperationException($"libgd has no room for {picture.Width}×{picture.Height} pixels");

        // libgd hands out indices in the order of the calls, which is the dictionary's: nothing is ever removed.
        foreach (var colour in indices.Keys)
            Gd.AllocateColour(image, (colour >> 16) & 255, (colour >> 8) & 255, colour & 255);
        image.Write(picture.Height, picture.Width, (row, column) => indices[Key(picture.At(row, column))]);
        return image;
    }

    private static int Key(ReadOnlySpan<byte> pixel) => (pixel[0] << 16) | (pixel[1] << 8) | pixel[2];
}
