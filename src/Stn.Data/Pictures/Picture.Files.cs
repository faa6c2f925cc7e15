using Stn.Data.Pictures.Interop;

namespace Stn.Data.Pictures;

public sealed partial class Picture
{
    /// <summary>Reads a PNG or JPEG file; what it is follows from its first bytes, not from its name.</summary>
    /// <remarks>
    /// Grey and palette pictures become colour; 16 bits a channel become 8. A PNG with alpha gives 4 channels, of whose
    /// alpha the upper 7 bits are kept. A rotation noted in a JPEG's metadata is not applied.
    /// </remarks>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no picture of these kinds, is cut off or damaged, is too large, or is a CMYK JPEG.</exception>
    /// <exception cref="DllNotFoundException">libgd is not installed.</exception>
    public static Picture Load(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: no such file", path);

        var bytes = File.ReadAllBytes(path);
        try
        {
            return Decode(bytes);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Loads the library that reads and writes pictures.</summary>
    /// <exception cref="DllNotFoundException">libgd is not installed.</exception>
    internal static void RequireCodecs() => Gd.Require();

    /// <summary>The picture in the bytes of a PNG or JPEG file, as <see cref="Load"/> reads it.</summary>
    /// <exception cref="InvalidDataException">See <see cref="Load"/>.</exception>
    public static Picture Decode(ReadOnlySpan<byte> bytes)
    {
        var header = PictureHeader.Read(bytes);
        Gd.Require();
        using var image = header.Format == PictureFormat.Png
            ? Gd.CreateFromPng(bytes.Length, bytes)
            : Gd.CreateFromJpeg(bytes.Length, bytes);
        return image.IsInvalid
            ? throw new InvalidDataException($"a damaged {header.Format} picture")
            : image.ToPicture(header.Height, header.Width, header.Channels);
    }

    /// <summary>The picture as a PNG file; of alpha, the upper 7 bits.</summary>
    public byte[] ToPng()
    {
        using var image = GdImage.From(this);
        Gd.SaveAlpha(image, Channels == 4 ? 1 : 0);
        using var buffer = Gd.ToPng(image, out var size);
        return buffer.Bytes(size).ToArray();
    }

    /// <summary>The picture as a JPEG file, without alpha.</summary>
    /// <param name="quality">0 to 100; 95 keeps thin lines clean.</param>
    public byte[] ToJpeg(int quality = 95)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)quality, 100u, nameof(quality));
        using var image = GdImage.From(this);
        using var buffer = Gd.ToJpeg(image, out var size, quality);
        return buffer.Bytes(size).ToArray();
    }

    /// <summary>Writes a PNG file, under a temporary name first: a reader sees the old file or the whole new one.</summary>
    /// <exception cref="IOException">The file cannot be written; no part of it is left.</exception>
    public void SavePng(string path)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllBytes(temporary, ToPng());
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
