using System.Buffers.Binary;
using System.Text.Json;

namespace Stn.Torch.Files;

/// <summary>One tensor as a safetensors header describes it; the offsets count from the end of the header.</summary>
internal sealed record SafetensorsEntry(string Name, DType Type, long[] Shape, long Begin, long End);

/// <summary>
/// Reads the header of a safetensors file: eight bytes with its length, then a JSON object
/// <c>{"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, "__metadata__": {…}}</c>.
/// </summary>
internal static partial class SafetensorsHeader
{
    public const string MetadataKey = "__metadata__";
    public const int MaxLength = 100_000_000;
    public const int PrefixLength = sizeof(ulong);

    public static readonly IReadOnlyDictionary<string, DType> Types = new Dictionary<string, DType>
    {
        ["BOOL"] = DType.Bool,
        ["U8"] = DType.UInt8,
        ["I8"] = DType.Int8,
        ["I16"] = DType.Int16,
        ["I32"] = DType.Int32,
        ["I64"] = DType.Int64,
        ["F16"] = DType.Float16,
        ["BF16"] = DType.BFloat16,
        ["F32"] = DType.Float32,
        ["F64"] = DType.Float64,
    };

    /// <summary>Reads the header and leaves the stream at the first tensor's bytes.</summary>
    public static (List<SafetensorsEntry> Entries, OrderedDictionary<string, string> Metadata) Read(Stream stream)
    {
        var json = ReadBytes(stream);
        try
        {
            using var document = JsonDocument.Parse(json);
            return Parse(document.RootElement);
        }
        // InvalidOperationException: a text that is not UTF-8, found only when it is looked at.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"the header is not valid JSON ({e.Message})", e);
        }
    }

    private static byte[] ReadBytes(Stream stream)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        if (stream.Length < PrefixLength)
            throw new InvalidDataException($"the file has {stream.Length} bytes; a safetensors file begins with {PrefixLength} that hold the header's length.");
        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaxLength)
            throw new InvalidDataException($"the header's length is given as {length} bytes; at most {MaxLength} are allowed. Is this a safetensors file?");
        if (length > (ulong)(stream.Length - PrefixLength))
            throw new InvalidDataException($"the header's length is given as {length} bytes and the file has only {stream.Length - PrefixLength} after it; the file was truncated, or is not a safetensors file.");

        var json = new byte[length];
        stream.ReadExactly(json);
        if (json is not [(byte)'{', ..])
            throw new InvalidDataException("the header does not begin with '{'; this is not a safetensors file.");
        return json;
    }

    private static (List<SafetensorsEntry>, OrderedDictionary<string, string>) Parse(JsonElement root)
    {
        var entries = new List<SafetensorsEntry>();
        var metadata = new OrderedDictionary<string, string>();
        var names = new HashSet<string>();
        foreach (var property in root.EnumerateObject())
        {
            if (!names.Add(property.Name))
                throw new InvalidDataException($"the header names '{property.Name}' twice.");
            if (property.Name == MetadataKey)
                ParseMetadata(property.Value, metadata);
            else
                entries.Add(ParseEntry(property.Name, property.Value));
        }

        return (entries, metadata);
    }

    private static void ParseMetadata(JsonElement element, OrderedDictionary<string, string> metadata)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new InvalidDataException($"'{MetadataKey}' is not an object of texts.");
        foreach (var property in element.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String)
                throw new InvalidDataException($"'{MetadataKey}' holds '{property.Name}', which is not a text; only texts are allowed there.");
            if (!metadata.TryAdd(property.Name, property.Value.GetString()!))
                throw new InvalidDataException($"'{MetadataKey}' names '{property.Name}' twice.");
        }
    }

    private static SafetensorsEntry ParseEntry(string name, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || element.EnumerateObject().Count() != 3
            || !element.TryGetProperty("dtype", out var dtype) || dtype.ValueKind != JsonValueKind.String
            || !element.TryGetProperty("shape", out var shape) || !element.TryGetProperty("data_offsets", out var offsets))
            throw new InvalidDataException($"tensor '{name}' is not described by exactly \"dtype\" (a text), \"shape\" and \"data_offsets\".");
        if (!Types.TryGetValue(dtype.GetString()!, out var type))
            throw new InvalidDataException($"tensor '{name}' has the unknown dtype '{dtype.GetString()}'; read are {string.Join(", ", Types.Keys)}.");
        if (Integers(name, "data_offsets", offsets) is not [var begin, var end])
            throw new InvalidDataException($"tensor '{name}' has {offsets.GetArrayLength()} \"data_offsets\"; there must be 2, its begin and its end.");
        return new SafetensorsEntry(name, type, Integers(name, "shape", shape), begin, end);
    }

    private static long[] Integers(string name, string field, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array)
            throw new InvalidDataException($"tensor '{name}': \"{field}\" is not a list of whole numbers.");
        var values = new long[element.GetArrayLength()];
        var i = 0;
        foreach (var item in element.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out values[i++]))
                throw new InvalidDataException($"tensor '{name}': \"{field}\" holds {item.GetRawText()}, which is not a whole number of 64 bits.");
        }

        return values;
    }
}
