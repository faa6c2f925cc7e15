using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Stn.Torch;

namespace Stn.Models.Tests;

/// <summary>Arrays that numpy saved: a zip of .npy files, float32 and int64 in C order.</summary>
internal static partial class NpzFile
{
    private const int HeaderAt = 10;

    public static Dictionary<string, HostTensor> Read(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        return zip.Entries.ToDictionary(entry => Path.GetFileNameWithoutExtension(entry.Name), Array);
    }

    private static HostTensor Array(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var bytes = memory.ToArray();
        var end = HeaderAt + BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(HeaderAt - sizeof(ushort)));
        var header = Header().Match(Encoding.ASCII.GetString(bytes, HeaderAt, end - HeaderAt));
        Assert.True(header.Success, $"{entry.Name} is no array of float32 or int64 in C order");
        var shape = header.Groups["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new HostTensor(header.Groups["type"].Value == "f4" ? DType.Float32 : DType.Int64, [.. shape.Select(long.Parse)], bytes[end..]);
    }

    [GeneratedRegex(@"'descr': '<(?<type>f4|i8)', 'fortran_order': False, 'shape': \((?<shape>[0-9, ]*)\)")]
    private static partial Regex Header();
}
