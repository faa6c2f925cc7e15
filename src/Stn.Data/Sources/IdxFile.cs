using System.Buffers.Binary;
using System.Globalization;
using Stn.Kernels;

namespace Stn.Data.Sources;

/// <summary>
/// Reads IDX files, the format of MNIST: a magic number and the sizes, big-endian 32-bit, then the bytes.
/// Nothing is allocated before the sizes agree with the length of the file.
/// </summary>
public static class IdxFile
{
    private const uint ImagesMagic = 0x00000803;
    private const uint LabelsMagic = 0x00000801;
    private const uint LargestSide = 1 << 14;

    /// <summary>Reads images and their labels, which must be as many.</summary>
    /// <exception cref="DataFormatException">A file is malformed, or the counts differ.</exception>
    public static LabelledImages ReadLabelled(string imagesPath, string labelsPath)
    {
        var (plane, count, pixels) = ReadImages(imagesPath);
        var labels = ReadLabels(labelsPath);
        if (labels.Length != count)
            throw DataFormatException.At(labelsPath, 4, $"{labels.Length} labels, should be {count}, as many as the images of {imagesPath}");

        return new LabelledImages(plane, pixels, labels);
    }

    /// <summary>Reads images (magic number 0x00000803): their size, their number N and N×H×W pixels.</summary>
    /// <exception cref="DataFormatException">The file is malformed.</exception>
    public static (Plane Plane, int Count, byte[] Pixels) ReadImages(string path)
    {
        using var file = File.OpenRead(path);
        var sizes = ReadHeader(file, path, ImagesMagic, dimensions: 3);
        var (height, width) = (Side(path, 8, "height", sizes[1]), Side(path, 12, "width", sizes[2]));
        var pixels = ReadBody(file, path, headerLength: 16, sizes[0], height * width);
        return (new Plane(height, width), (int)sizes[0], pixels);
    }

    /// <summary>Reads labels (magic number 0x00000801).</summary>
    /// <exception cref="DataFormatException">The file is malformed.</exception>
    public static byte[] ReadLabels(string path)
    {
        using var file = File.OpenRead(path);
        var sizes = ReadHeader(file, path, LabelsMagic, dimensions: 1);
        return ReadBody(file, path, headerLength: 8, sizes[0], itemLength: 1);
    }

    private static uint[] ReadHeader(FileStream file, string path, uint magic, int dimensions)
    {
        var header = new byte[4 + (4 * dimensions)];
        var read = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (read >= 4 && BinaryPrimitives.ReadUInt32BigEndian(header) is var found && found != magic)
        {
            throw DataFormatException.At(path, 0, string.Create(
                CultureInfo.InvariantCulture, $"the magic number is 0x{found:x8}, should be 0x{magic:x8} ({Kind(magic)})"));
        }

        if (read < header.Length)
            throw DataFormatException.At(path, read, $"the file ends in its header, which should have {header.Length} bytes ({Kind(magic)})");

        return [.. Enumerable.Range(1, dimensions).Select(i => BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4 * i)))];
    }

    private static string Kind(uint magic) => magic == ImagesMagic ? "IDX images" : "IDX labels";

    private static int Side(string path, int offset, string name, uint value) => value is >= 1 and <= LargestSide
        ? (int)value
        : throw DataFormatException.At(path, offset, $"the {name} of an image is {value}, should be 1 to {LargestSide}");

    private static byte[] ReadBody(FileStream file, string path, int headerLength, uint count, int itemLength)
    {
        var bodyLength = count * (long)itemLength;
        var length = headerLength + bodyLength;
        if (bodyLength > Array.MaxLength)
            throw DataFormatException.At(path, 4, $"{count} items of {itemLength} bytes, should be {Array.MaxLength} bytes in all at most");
        if (file.Length < length)
            throw DataFormatException.At(path, file.Length, $"the file ends here, should have {length} bytes ({count} items of {itemLength})");
        if (file.Length > length)
            throw DataFormatException.At(path, length, $"{file.Length - length} bytes follow the last item, the file should end here");

        var body = new byte[bodyLength];
        file.ReadExactly(body);
        return body;
    }
}
