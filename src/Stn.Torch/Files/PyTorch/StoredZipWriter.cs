using System.Text;

namespace Stn.Torch.Files.PyTorch;

/// <summary>
/// Writes a zip archive of uncompressed entries whose bytes begin at multiples of 64, as PyTorch's own files do,
/// so that they can be mapped into memory. Without ZIP64: up to 4 GiB and 65,535 entries.
/// </summary>
internal sealed class StoredZipWriter(Stream stream)
{
    private const int Alignment = 64;
    private const int LocalHeaderLength = 30;
    private const int ExtraHeaderLength = 4;
    private const uint LocalSignature = 0x04034b50;
    private const uint CentralSignature = 0x02014b50;
    private const uint EndSignature = 0x06054b50;
    private const ushort Version = 20;
    private const ushort Utf8Names = 0x0800;
    // 1 January 1980, the first date that a zip can hold: the same tensors give the same bytes on any day.
    private const uint Date = 0x00210000;
    // PyTorch's own mark of padding, "FB".
    private const ushort PaddingField = 0x4246;

    private readonly LittleEndianBytes _directory = new();
    private long _position;
    private int _count;

    public void Add(string name, ReadOnlySpan<byte> data)
    {
        var nameBytes = Encoding.UTF8.GetBytes(name);
        var unpadded = _position + LocalHeaderLength + nameBytes.Length + ExtraHeaderLength;
        var padding = (int)((Alignment - unpadded % Alignment) % Alignment);
        // Version, flags, no compression, date, checksum, and both sizes are the same in both headers.
        var common = new LittleEndianBytes().UInt16(Version).UInt16(Utf8Names).UInt16(0).UInt32(Date)
            .UInt32(Crc32.Compute(data)).UInt32((uint)data.Length).UInt32((uint)data.Length).UInt16((ushort)nameBytes.Length).Span;

        // No extra fields, no comment, first disk, no attributes (two fields), and where the local header is.
        _directory.UInt32(CentralSignature).UInt16(Version).Bytes(common)
            .UInt16(0).UInt16(0).UInt16(0).UInt16(0).UInt32(0).UInt32(FourBytes(_position)).Bytes(nameBytes);
        _count++;
        Write(new LittleEndianBytes().UInt32(LocalSignature).Bytes(common)
            .UInt16((ushort)(ExtraHeaderLength + padding)).Bytes(nameBytes)
            .UInt16(PaddingField).UInt16((ushort)padding).Bytes(new byte[padding]).Span);
        Write(data);
    }

    /// <summary>Writes the table of contents; nothing may be added after it.</summary>
    public void Finish()
    {
        var start = _position;
        var count = _count <= ushort.MaxValue ? (ushort)_count : throw TooLarge();
        Write(_directory.Span);
        // One disk (two fields), the entries on it and in all, the table's length and begin, no comment.
        Write(new LittleEndianBytes().UInt32(EndSignature).UInt16(0).UInt16(0).UInt16(count).UInt16(count)
            .UInt32(FourBytes(_position - start)).UInt32(FourBytes(start)).UInt16(0).Span);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        _position += bytes.Length;
    }

    private static uint FourBytes(long value) => value < uint.MaxValue ? (uint)value : throw TooLarge();

    private static ArgumentException TooLarge() =>
        new("A PyTorch file is written up to 4 GiB and 65,535 entries; write safetensors for more.");
}
