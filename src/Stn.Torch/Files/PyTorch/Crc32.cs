namespace Stn.Torch.Files.PyTorch;

/// <summary>The checksum of zip archives (polynomial 0xEDB88320, bits reversed), four bytes a step.</summary>
internal static class Crc32
{
    private static readonly uint[][] _tables = Tables();

    public static uint Compute(ReadOnlySpan<byte> data)
    {
        var (t0, t1, t2, t3) = (_tables[0], _tables[1], _tables[2], _tables[3]);
        var crc = uint.MaxValue;
        var i = 0;
        for (; i + 4 <= data.Length; i += 4)
        {
            crc ^= BitConverter.ToUInt32(data[i..]);
            crc = t3[(byte)crc] ^ t2[(byte)(crc >> 8)] ^ t1[(byte)(crc >> 16)] ^ t0[crc >> 24];
        }

        for (; i < data.Length; i++)   // the tail is the definition
            crc = t0[(byte)crc ^ data[i]] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[][] Tables()
    {
        uint[][] tables = [new uint[256], new uint[256], new uint[256], new uint[256]];
        for (uint value = 0; value < 256; value++)
        {
            var crc = value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            tables[0][value] = crc;
        }

        // Table k advances a byte past k zero bytes.
        for (var k = 1; k < tables.Length; k++)
        {
            for (var value = 0; value < 256; value++)
                tables[k][value] = tables[0][(byte)tables[k - 1][value]] ^ (tables[k - 1][value] >> 8);
        }

        return tables;
    }
}
