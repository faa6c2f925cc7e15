using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Stn.Torch.Files.PyTorch;

/// <summary>The bytes of a pickle and a position in them that cannot leave them.</summary>
internal sealed class PickleInput(byte[] pickle, int start)
{
    private const int MaxLine = 256;

    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public int Position { get; private set; } = start;

    public byte Byte() => Bytes(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(4));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8));

    /// <summary>BINFLOAT is the one big-endian number of pickles.</summary>
    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Bytes(8));

    /// <summary>A number of as many bytes as asked, or an opaque value where it does not fit 64 bits (a random seed).</summary>
    public object Long(int length)
    {
        var value = new BigInteger(Bytes(length));
        return value >= long.MinValue && value <= long.MaxValue ? (long)value : new PickledOpaque();
    }

    public string Text(ulong length) => Decode(Bytes(length));

    /// <summary>A text up to a line feed, which is taken as well.</summary>
    public string Line()
    {
        var rest = pickle.AsSpan(Position);
        var length = rest[..Math.Min(rest.Length, MaxLine)].IndexOf((byte)'\n');
        if (length < 0)
            throw new InvalidDataException($"the pickle, byte {Position}: a name does not end within {MaxLine} bytes.");
        var line = Decode(Bytes((ulong)length));
        Position++;
        return line;
    }

    public ReadOnlySpan<byte> Bytes(int length) => Bytes((ulong)length);

    public ReadOnlySpan<byte> Bytes(ulong length)
    {
        if (length > (ulong)(pickle.Length - Position))
            throw new InvalidDataException($"the pickle, byte {Position}: {length} bytes are announced and {pickle.Length - Position} are left.");
        var bytes = pickle.AsSpan(Position, (int)length);
        Position += (int)length;
        return bytes;
    }

    private string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return _strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException($"the pickle, before byte {Position}: a text is not UTF-8.", e);
        }
    }
}
