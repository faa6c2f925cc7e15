using System.Buffers.Binary;

namespace Stn.Torch.Files;

/// <summary>
/// Reads and writes safetensors files: a JSON header, then the tensors' bytes, little endian and in C order.
/// Reading checks the whole layout before it allocates anything for a tensor.
/// </summary>
public static class Safetensors
{
    /// <summary>Reads all tensors and the metadata of a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The tensors in the order in which the header names them.</returns>
    /// <exception cref="TensorFileException">The file breaks the format; the message names the tensor and the fault.</exception>
    public static TensorFile Read(string path) => GuardedRead.From(path, Read);

    /// <summary>Writes tensors under a temporary name and renames it (<see cref="AtomicFile"/>).</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="tensors">The tensors by name. The header keeps their order; the same input gives the same bytes.</param>
    /// <param name="metadata">Texts by name, or null for none.</param>
    /// <exception cref="ArgumentException">A name comes twice or is reserved, or a tensor's bytes do not match its shape.</exception>
    /// <exception cref="IOException">The file could not be written; a previous version is intact.</exception>
    public static void Write(
        string path,
        IEnumerable<KeyValuePair<string, HostTensor>> tensors,
        IEnumerable<KeyValuePair<string, string>>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var entries = new OrderedDictionary<string, HostTensor>();
        foreach (var (name, tensor) in tensors)
        {
            TensorChecks.RequireWritable(name, tensor);
            if (name == SafetensorsHeader.MetadataKey || !entries.TryAdd(name, tensor))
                throw new ArgumentException($"The tensor name '{name}' is {(name == SafetensorsHeader.MetadataKey ? "reserved" : "given twice")}.", nameof(tensors));
        }

        // The largest elements first, so that each tensor lies at a multiple of its element's size: readers that
        // map the file cannot use it otherwise. The header's order is independent of this one.
        var layout = entries.OrderByDescending(entry => entry.Value.Type.SizeInBytes()).ToList();
        var header = SafetensorsHeader.Bytes(entries, layout, metadata ?? []);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> prefix = stackalloc byte[SafetensorsHeader.PrefixLength];
            BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
            stream.Write(prefix);
            stream.Write(header);
            foreach (var (_, tensor) in layout)
                stream.Write(tensor.Data);
        });
    }

    private static TensorFile Read(FileStream stream)
    {
        var (entries, metadata) = SafetensorsHeader.Read(stream);
        var byPosition = entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End).ToList();
        RequireGapless(byPosition, stream.Length - stream.Position);

        var data = new Dictionary<string, byte[]>();
        foreach (var entry in byPosition)
        {
            var bytes = new byte[entry.End - entry.Begin];
            stream.ReadExactly(bytes);
            TensorChecks.RequireBooleans(entry.Name, entry.Type, bytes);
            data.Add(entry.Name, bytes);
        }

        var tensors = new OrderedDictionary<string, HostTensor>();
        foreach (var entry in entries)
            tensors.Add(entry.Name, new HostTensor(entry.Type, entry.Shape, data[entry.Name]));
        return new TensorFile(tensors, metadata);
    }

    private static void RequireGapless(List<SafetensorsEntry> byPosition, long available)
    {
        var position = 0L;
        var previous = "";
        foreach (var entry in byPosition)
        {
            var expected = TensorChecks.ByteCount(entry.Name, entry.Type, entry.Shape);
            if (entry.Begin < 0 || entry.End < entry.Begin)
                throw new InvalidDataException($"tensor '{entry.Name}' lies at [{entry.Begin}, {entry.End}]; the begin must be 0 or more, and the end not before it.");
            if (entry.End - entry.Begin != expected)
                throw new InvalidDataException($"tensor '{entry.Name}' of type {entry.Type} and shape {TensorChecks.Text(entry.Shape)} needs {expected} bytes, and [{entry.Begin}, {entry.End}] holds {entry.End - entry.Begin}.");
            if (entry.Begin < position)
                throw new InvalidDataException($"tensor '{entry.Name}' begins at byte {entry.Begin}, before the end of '{previous}' at {position}; tensors must not overlap.");
            if (entry.Begin > position)
                throw new InvalidDataException($"tensor '{entry.Name}' begins at byte {entry.Begin}; bytes {position} to {entry.Begin} belong to no tensor.");
            (position, previous) = (entry.End, entry.Name);
        }

        if (position > available)
            throw new InvalidDataException($"the tensors need {position} bytes and the file has {available}; it was truncated in or after tensor '{byPosition.First(entry => entry.End > available).Name}'.");
        if (position < available)
            throw new InvalidDataException($"{available - position} bytes follow the last tensor; nothing may.");
    }
}
