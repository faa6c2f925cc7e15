using System.IO.Compression;
using System.Text;

namespace Stn.Torch.Tests.Files;

/// <summary>
/// Pickles written by hand, a letter a byte, and the archives around them: for what PyTorch itself would not write.
/// </summary>
internal static class PickleText
{
    public const string OrderedDict = "ccollections\nOrderedDict\n)R";

    /// <summary>A dictionary with one tensor 'w'; every part can be replaced.</summary>
    public static string OneTensor(
        string storageClass = "FloatStorage", string key = "0", long count = 6, long offset = 0,
        long[]? shape = null, long[]? strides = null, string last = "\u0089" + OrderedDict) =>
        Dictionary("w", "ctorch._utils\n_rebuild_tensor_v2\n((" + Text("storage") + $"ctorch\n{storageClass}\n" + Text(key) + Text("cpu")
            + Integer(count) + "tQ" + Integer(offset) + Integers(shape ?? [2, 3]) + Integers(strides ?? [3, 1]) + last + "tR");

    public static string Dictionary(string name, string value) => "\u0080\u0002}(" + Text(name) + value + "u.";

    public static string Text(string text) => "X" + Latin1(BitConverter.GetBytes(Encoding.UTF8.GetByteCount(text))) + Latin1(Encoding.UTF8.GetBytes(text));

    public static string Integer(long value) => "\u008a\u0008" + Latin1(BitConverter.GetBytes(value));

    public static string Integers(long[] values) => "(" + string.Concat(values.Select(Integer)) + "t";

    /// <summary>Writes an archive as torch.save does, with one storage of bytes 0, 1, 2… and further entries.</summary>
    public static void Save(string path, string pickle, int storageLength = 24, params (string Name, byte[] Data)[] further) =>
        Save(path, Encoding.Latin1.GetBytes(pickle), storageLength, further);

    public static void Save(string path, byte[] pickle, int storageLength = 24, params (string Name, byte[] Data)[] further)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        var storage = Enumerable.Range(0, storageLength).Select(i => (byte)i).ToArray();
        foreach (var (name, data) in new[] { ("x/data.pkl", pickle), ("x/data/0", storage) }.Concat(further))
        {
            using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
            entry.Write(data);
        }
    }

    private static string Latin1(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
