using System.Buffers.Binary;

namespace Stn.Data.Pictures;

internal enum PictureFormat
{
    Png,
    Jpeg,
}

/// <summary>
/// What a picture's file says of itself. Walked from mark to mark before anything is decoded, since the decoders
/// allocate what a header claims, and libjpeg takes the missing part of a file that is cut off for grey.
/// </summary>
internal readonly record struct PictureHeader(PictureFormat Format, int Height, int Width, int Channels)
{
    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> JpegSignature => [0xFF, 0xD8, 0xFF];

    internal static PictureHeader Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            throw new InvalidDataException("an empty file");
        if (bytes.StartsWith(PngSignature))
            return ReadPng(bytes);
        if (bytes.StartsWith(JpegSignature))
            return ReadJpeg(bytes);
        throw new InvalidDataException("neither a PNG nor a JPEG picture");
    }

    private static PictureHeader ReadPng(ReadOnlySpan<byte> bytes)
    {
        // A chunk: length of its data, name, data, checksum.
        var header = new PictureHeader(PictureFormat.Png, 0, 0, 3);
        var palette = false;
        for (var at = PngSignature.Length; at + 12 <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (length > bytes.Length - at - 12)
                break;

            var name = bytes.Slice(at + 4, 4);
            var data = bytes.Slice(at + 8, (int)length);
            if (name.SequenceEqual("IHDR"u8) && length == 13)
            {
                // Bit 2 of the colour type says alpha; 3 is a palette.
                header = header.WithSize(BinaryPrimitives.ReadUInt32BigEndian(data[4..]), BinaryPrimitives.ReadUInt32BigEndian(data));
                header = header with { Channels = (data[9] & 4) != 0 ? 4 : 3 };
                palette = data[9] == 3;
            }
            else if (name.SequenceEqual("tRNS"u8) && palette)
            {
                header = header with { Channels = 4 };
            }
            else if (name.SequenceEqual("IEND"u8))
            {
                return header.Complete();
            }

            at += 12 + (int)length;
        }

        throw new InvalidDataException($"a PNG picture that is cut off after {bytes.Length} bytes");
    }

    private static PictureHeader ReadJpeg(ReadOnlySpan<byte> bytes)
    {
        var header = new PictureHeader(PictureFormat.Jpeg, 0, 0, 3);
        for (var at = 2; at + 1 < bytes.Length;)
        {
            // Between segments lie compressed data (after a scan's header) and fill bytes: both end at the next marker.
            var marker = bytes[at + 1];
            if (bytes[at] != 0xFF || marker is 0x00 or 0xFF or (>= 0xD0 and <= 0xD7))
            {
                at++;
                continue;
            }

            if (marker == 0xD9)
                return header.Complete();
            if (at + 4 > bytes.Length)
                break;

            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (length > bytes.Length - at - 2)
                break;

            if (IsFrame(marker) && length >= 8)
                header = header.WithFrame(bytes.Slice(at + 2, length));
            at += 2 + length;
        }

        throw new InvalidDataException($"a JPEG picture that is cut off after {bytes.Length} bytes");
    }

    // C0 to CF are frame headers but for C4 (Huffman tables), C8 (reserved) and CC (arithmetic coding's tables).
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private PictureHeader WithFrame(ReadOnlySpan<byte> segment) =>
        segment[7] == 4
            ? throw new InvalidDataException("a JPEG picture in CMYK; convert it to RGB first")
            : WithSize(BinaryPrimitives.ReadUInt16BigEndian(segment[3..]), BinaryPrimitives.ReadUInt16BigEndian(segment[5..]));

    private PictureHeader WithSize(uint height, uint width) =>
        width > Picture.MaxSide || height > Picture.MaxSide || (ulong)width * height > Picture.MaxPixels
            ? throw new InvalidDataException($"too large: {width}×{height}, and at most {Picture.MaxPixels} pixels and {Picture.MaxSide} a side are read")
            : this with { Height = (int)height, Width = (int)width };

    private PictureHeader Complete() =>
        Height == 0 || Width == 0 ? throw new InvalidDataException($"a damaged {Format} picture: its size is {Width}×{Height}") : this;
}
