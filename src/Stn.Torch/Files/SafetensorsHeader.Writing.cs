using System.Text.Json;

namespace Stn.Torch.Files;

internal static partial class SafetensorsHeader
{
    /// <summary>The header as JSON, padded; <paramref name="layout"/> is the order of the tensors' bytes.</summary>
    public static byte[] Bytes(
        OrderedDictionary<string, HostTensor> tensors,
        List<KeyValuePair<string, HostTensor>> layout,
        IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var begins = new Dictionary<string, long>();
        var position = 0L;
        foreach (var (name, tensor) in layout)
        {
            begins.Add(name, position);
            position += tensor.Data.Length;
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            foreach (var (name, tensor) in tensors)
                WriteEntry(json, name, tensor, begins[name]);
            json.WriteEndObject();
        }

        // Spaces up to a multiple of eight, so that the first tensor is aligned.
        while (buffer.Length % sizeof(ulong) != 0)
            buffer.WriteByte((byte)' ');
        if (buffer.Length > MaxLength)
            throw new ArgumentException($"The names and metadata need a header of {buffer.Length} bytes; at most {MaxLength} can be read back.", nameof(tensors));
        return buffer.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var written = new HashSet<string>();
        foreach (var (name, text) in metadata)
        {
            if (!written.Add(name))
                throw new ArgumentException($"The metadata name '{name}' is given twice.", nameof(metadata));
            if (written.Count == 1)
                json.WriteStartObject(MetadataKey);
            json.WriteString(name, text);
        }

        if (written.Count > 0)
            json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, string name, HostTensor tensor, long begin)
    {
        json.WriteStartObject(name);
        json.WriteString("dtype", Types.First(type => type.Value == tensor.Type).Key);
        json.WriteStartArray("shape");
        foreach (var size in tensor.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(begin + tensor.Data.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
