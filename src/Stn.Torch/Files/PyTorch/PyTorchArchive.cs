using System.IO.Compression;

namespace Stn.Torch.Files.PyTorch;

/// <summary>
/// The zip archive of a <c>torch.save</c> file: <c>name/data.pkl</c>, <c>name/data/0</c> and so on. No entry is
/// larger than the file, so neither are the arrays that are made for them.
/// </summary>
internal sealed class PyTorchArchive : IPyTorchContent
{
    // A hundred bytes a tensor, and room for what checkpoints keep beside them.
    private const int MaxPickle = 16 << 20;

    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = [];
    private readonly string _root;

    public PyTorchArchive(FileStream stream)
    {
        FileLength = stream.Length;
        _zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        // As PyTorch does: the folder of the first entry is the folder of all.
        _root = _zip.Entries.FirstOrDefault()?.FullName.Split('/')[0] ?? "";
        foreach (var entry in _zip.Entries)
        {
            if (!_entries.TryAdd(entry.FullName, entry))
                throw new InvalidDataException($"the archive holds two entries named '{entry.FullName}'.");
        }

        RequireStateDict();
        RequireStored();
        RequireLittleEndian();
    }

    public long FileLength { get; }

    public void Dispose() => _zip.Dispose();

    public object? Read()
    {
        var entry = _entries[$"{_root}/data.pkl"];
        return entry.Length <= MaxPickle
            ? PickleReader.Read(Read(entry)).Value
            : throw new InvalidDataException($"data.pkl has {entry.Length} bytes; at most {MaxPickle} are read, and a state_dict needs about a hundred for a tensor.");
    }

    public byte[] Storage(StorageReference storage)
    {
        var name = $"{_root}/data/{storage.Key}";
        if (!_entries.TryGetValue(name, out var entry))
            throw new InvalidDataException($"the entry '{name}' is missing; a tensor needs it.");
        var expected = (Int128)storage.Count * storage.Type.SizeInBytes();
        if (entry.Length != expected)
            throw new InvalidDataException($"the entry '{name}' has {entry.Length} bytes; {storage.Count} elements of {storage.Type} need {expected}.");
        if (entry.Length > Array.MaxLength)
            throw new InvalidDataException($"the entry '{name}' is larger than 2 GiB, the most that is read at once.");
        return Read(entry);
    }

    private void RequireStored()
    {
        long total = 0;
        foreach (var entry in _zip.Entries)
        {
            if (entry.Length != entry.CompressedLength)
                throw new InvalidDataException($"the entry '{entry.FullName}' is compressed, which PyTorch never does; zip it again without compression (zip -0).");
            // One by one, so that the sum cannot overflow. More than the file: entries that share bytes.
            total = entry.Length <= FileLength ? total + entry.Length : long.MaxValue;
            if (total > FileLength)
                throw new InvalidDataException($"the entries up to '{entry.FullName}' announce more bytes than the file has ({FileLength}).");
        }
    }

    private void RequireStateDict()
    {
        if (_entries.ContainsKey($"{_root}/constants.pkl") || _entries.Keys.Any(name => name.StartsWith($"{_root}/code/", StringComparison.Ordinal)))
            throw new InvalidDataException($"this is a TorchScript archive (torch.jit.save), which holds code. {PickleGlobals.Advice}");
        if (!_entries.ContainsKey($"{_root}/data.pkl"))
            throw new InvalidDataException("this is a zip archive without data.pkl in its first folder, so torch.save did not write it.");
    }

    private void RequireLittleEndian()
    {
        if (_entries.TryGetValue($"{_root}/byteorder", out var order) && !Read(order).AsSpan().SequenceEqual("little"u8))
            throw new InvalidDataException("the file was written on a big-endian machine; load it with torch.load on a little-endian one and save it again.");
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        var bytes = new byte[entry.Length];
        using var stream = entry.Open();
        stream.ReadExactly(bytes);
        if (Crc32.Compute(bytes) != entry.Crc32)
            throw new InvalidDataException($"the checksum of '{entry.FullName}' is wrong: the file is damaged (or was saved after torch.serialization.set_crc32_options(False)).");
        return bytes;
    }
}
