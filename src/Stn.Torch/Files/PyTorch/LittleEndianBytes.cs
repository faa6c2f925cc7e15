using System.Buffers;
using System.Buffers.Binary;

namespace Stn.Torch.Files.PyTorch;

/// <summary>Puts bytes and little-endian numbers one after the other, as zip headers and pickles hold them.</summary>
internal sealed class LittleEndianBytes
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlySpan<byte> Span => _bytes.WrittenSpan;

    public LittleEndianBytes UInt16(ushort value)
    {
        Span<byte> field = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(field, value);
        return Bytes(field);
    }

    public LittleEndianBytes UInt32(uint value)
    {
        Span<byte> field = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(field, value);
        return Bytes(field);
    }

    public LittleEndianBytes Int64(long value)
    {
        Span<byte> field = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(field, value);
        return Bytes(field);
    }

    public LittleEndianBytes Bytes(params ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }
}
