namespace Stn.Torch.Files.PyTorch;

// What a pickle can hold, besides null, bool, long, double and string. Nothing here runs code.

/// <summary>A Python tuple.</summary>
internal sealed class PickledTuple(object?[] items)
{
    public object?[] Items { get; } = items;
}

/// <summary>A Python list or set: both are only looked through for tensors.</summary>
internal sealed class PickledList
{
    public List<object?> Items { get; } = [];
}

/// <summary>A dict or OrderedDict, as the pairs that were set: a name that comes twice is found by whoever asks.</summary>
internal sealed class PickledDict
{
    public List<KeyValuePair<object?, object?>> Items { get; } = [];
}

/// <summary>A value that may stand beside tensors in a checkpoint (bytes, a dtype, a device) and is not read.</summary>
internal sealed class PickledOpaque;

/// <summary>What a pickle held, where in the bytes it ended, and the storages that it spoke of, by key.</summary>
internal sealed record Pickled(object? Value, int End, IReadOnlyDictionary<string, StorageReference> Storages);

/// <summary>A block of elements in the file; in an archive <c>data/&lt;key&gt;</c>.</summary>
internal sealed record StorageReference(string Key, DType Type, long Count);

/// <summary>A view of a storage; offset and strides count elements.</summary>
internal sealed record TensorReference(StorageReference Storage, long Offset, long[] Shape, long[] Strides);
