using Stn.Data.Pictures;
using Stn.Torch.Files;

namespace Stn.Experiments.Pictures;

/// <summary>Writes pictures as the format that their name says.</summary>
public static class PictureFile
{
    /// <summary>Throws unless a name is one of a PNG or JPEG file, so that a command fails before it works.</summary>
    /// <exception cref="ArgumentException">It ends in neither .png, .jpg nor .jpeg.</exception>
    public static void RequireName(string path) => _ = IsJpeg(path);

    /// <summary>Writes a picture, under a temporary name first: a reader sees the old file or the whole new one.</summary>
    /// <param name="path">Ends in .png, .jpg or .jpeg.</param>
    /// <param name="picture">8 bits a channel; JPEG has no alpha.</param>
    /// <exception cref="ArgumentException">The name is of neither kind, or it is that of a JPEG and the picture has alpha.</exception>
    /// <exception cref="IOException">The file cannot be written; no part of it is left.</exception>
    public static void Write(string path, Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var jpeg = IsJpeg(path);
        if (jpeg && picture.Channels == 4)
            throw new ArgumentException($"{path}: JPEG has no alpha; write a .png instead", nameof(path));
        AtomicFile.Write(path, stream => stream.Write(jpeg ? picture.ToJpeg() : picture.ToPng()));
    }

    private static bool IsJpeg(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".PNG" => false,
            ".JPG" or ".JPEG" => true,
            _ => throw new ArgumentException($"{path}: pictures are written as .png, .jpg or .jpeg", nameof(path)),
        };
    }
}
