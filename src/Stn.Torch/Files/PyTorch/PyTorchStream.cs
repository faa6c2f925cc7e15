using System.Buffers.Binary;

namespace Stn.Torch.Files.PyTorch;

/// <summary>
/// What <c>torch.save</c> wrote before PyTorch 1.6, as many public weights are: five pickles one after the other (a magic number, a version,
/// the machine, the content, the storages' keys), then each storage as its number of elements and their bytes.
/// </summary>
internal sealed class PyTorchStream : IPyTorchContent
{
    private const long Version = 1001;

    // A hundred bytes a tensor, and room for what checkpoints keep beside them.
    private const int MaxPickles = 16 << 20;

    private readonly FileStream _stream;
    private readonly object? _content;
    private readonly Dictionary<string, (StorageReference Storage, long Position)> _storages = [];

    public PyTorchStream(FileStream stream)
    {
        _stream = stream;
        FileLength = stream.Length;
        var start = new byte[Math.Min(FileLength, MaxPickles)];
        stream.ReadExactly(start);

        var version = PickleReader.Read(start, PickleReader.Read(start).End);
        if (version.Value is not Version)
            throw new InvalidDataException($"this is a file of PyTorch before 1.6, of another version than {Version}, the only one there was; it is damaged.");
        var machine = PickleReader.Read(start, version.End);
        RequireLittleEndian(machine.Value);
        var content = PickleReader.Read(start, machine.End);
        var keys = PickleReader.Read(start, content.End);
        _content = content.Value;
        FindStorages(keys, content.Storages);
    }

    /// <summary>The number 0x1950a86a20f9469cfc6c as a pickle of protocol 2 holds it.</summary>
    public static ReadOnlySpan<byte> Magic => [Opcode.Long1, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

    public long FileLength { get; }

    public object? Read() => _content;

    public byte[] Storage(StorageReference storage)
    {
        if (!_storages.TryGetValue(storage.Key, out var found) || found.Storage != storage)
            throw new InvalidDataException($"the storage '{storage.Key}' is missing, or of another type or length; a tensor needs it.");
        var bytes = new byte[storage.Count * storage.Type.SizeInBytes()];
        _stream.Position = found.Position;
        _stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The stream belongs to the caller.</summary>
    public void Dispose()
    {
    }

    private static void RequireLittleEndian(object? machine)
    {
        if (machine is not PickledDict { Items: var items } || !items.Contains(new("little_endian", true)))
            throw new InvalidDataException("the file was not written on a little-endian machine; load it with torch.load on one and save it again.");
    }

    // They lie one after the other, so that each tells where the next begins.
    private void FindStorages(Pickled keys, IReadOnlyDictionary<string, StorageReference> storages)
    {
        if (keys.Value is not PickledList list)
            throw new InvalidDataException("the file does not list its storages; it is damaged.");

        Span<byte> number = stackalloc byte[sizeof(long)];
        long position = keys.End;
        foreach (var item in list.Items)
        {
            if (item is not string key || !storages.TryGetValue(key, out var storage))
                throw new InvalidDataException($"the file holds a storage '{item}' that no tensor speaks of; it is damaged.");
            _stream.Position = position;
            _stream.ReadExactly(number);
            RequireInside(storage, BinaryPrimitives.ReadInt64LittleEndian(number), position + sizeof(long));
            if (!_storages.TryAdd(key, (storage, position + sizeof(long))))
                throw new InvalidDataException($"the file lists the storage '{key}' twice; it is damaged.");
            position += sizeof(long) + (storage.Count * storage.Type.SizeInBytes());
        }
    }

    private void RequireInside(StorageReference storage, long count, long position)
    {
        if (count != storage.Count)
            throw new InvalidDataException($"the storage '{storage.Key}' has {count} elements where {storage.Count} are announced; the file is damaged.");
        if ((Int128)count * storage.Type.SizeInBytes() is var bytes && bytes > Array.MaxLength)
            throw new InvalidDataException($"the storage '{storage.Key}' is larger than 2 GiB, the most that is read at once.");
        if (position + bytes > FileLength)
            throw new InvalidDataException($"the storage '{storage.Key}' needs {bytes} bytes from byte {position} on, and the file ends at {FileLength}; it was truncated.");
    }
}
