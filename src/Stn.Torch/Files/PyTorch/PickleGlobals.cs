namespace Stn.Torch.Files.PyTorch;

/// <summary>What stands for a Python function that a pickle may call: from arguments to a value, nothing else.</summary>
internal delegate object PickledFunction(object?[] arguments);

/// <summary>The class of a storage, which tells the type of its elements.</summary>
internal sealed record StorageClass(DType Type);

/// <summary>The only names that a pickle may ask for, and what they mean. Any other name is refused.</summary>
internal static class PickleGlobals
{
    public const string Advice =
        "Files with code are refused, and nothing of it was run: in PyTorch, save the weights alone, torch.save(model.state_dict(), path).";

    private static readonly Dictionary<string, object> _permitted = new()
    {
        ["collections.OrderedDict"] = (PickledFunction)OrderedDict,
        ["torch._utils._rebuild_tensor"] = (PickledFunction)RebuildFirstTensor,
        ["torch._utils._rebuild_tensor_v2"] = (PickledFunction)RebuildTensor,
        ["torch._utils._rebuild_parameter"] = (PickledFunction)RebuildParameter,
        // Values that checkpoints hold beside tensors.
        ["torch.Size"] = (PickledFunction)(_ => new PickledOpaque()),
        ["torch.device"] = (PickledFunction)(_ => new PickledOpaque()),
        ["torch.BoolStorage"] = new StorageClass(DType.Bool),
        ["torch.ByteStorage"] = new StorageClass(DType.UInt8),
        ["torch.CharStorage"] = new StorageClass(DType.Int8),
        ["torch.ShortStorage"] = new StorageClass(DType.Int16),
        ["torch.IntStorage"] = new StorageClass(DType.Int32),
        ["torch.LongStorage"] = new StorageClass(DType.Int64),
        ["torch.HalfStorage"] = new StorageClass(DType.Float16),
        ["torch.BFloat16Storage"] = new StorageClass(DType.BFloat16),
        ["torch.FloatStorage"] = new StorageClass(DType.Float32),
        ["torch.DoubleStorage"] = new StorageClass(DType.Float64),
    };

    private static readonly HashSet<string> _dtypes =
        ["bool", "uint8", "int8", "int16", "int32", "int64", "float16", "bfloat16", "float32", "float64"];

    public static object Find(string module, string name)
    {
        if (_permitted.TryGetValue($"{module}.{name}", out var meaning))
            return meaning;
        if (module == "torch" && _dtypes.Contains(name))
            return new PickledOpaque();
        // Sparse and quantised tensors, complex numbers: not code, and not read either.
        if ((module == "torch._utils" && name.StartsWith("_rebuild_", StringComparison.Ordinal))
            || (module is "torch" or "torch.storage" && name.EndsWith("Storage", StringComparison.Ordinal)))
            throw new InvalidDataException($"the file holds a kind of tensor that is not read ({module}.{name}); dense tensors of {string.Join(", ", _dtypes)} are.");
        throw new InvalidDataException($"the file asks for '{module}.{name}', which is not part of a state_dict. {Advice}");
    }

    /// <summary>The name, in the module torch, of the class of storages of a type.</summary>
    public static string StorageName(DType type) =>
        _permitted.First(pair => pair.Value is StorageClass storage && storage.Type == type).Key["torch.".Length..];

    /// <summary>The persistent id of a storage: ("storage", class, key, device, count), before PyTorch 1.6 with what it is a part of, or None.</summary>
    public static StorageReference Storage(object?[] id) => id is ["storage", StorageClass type, string key, _, long and >= 0 and var count, .. var part]
        && (part is [] or [null])
        ? new StorageReference(key, type.Type, count)
        : throw new InvalidDataException("the pickle describes a storage in a way that PyTorch does not; it is damaged.");

    /// <summary>Empty, or as Python 2 wrote it: from a list of lists of a name and a value.</summary>
    private static PickledDict OrderedDict(object?[] arguments)
    {
        var dictionary = new PickledDict();
        if (arguments.Length == 0)
            return dictionary;
        if (arguments is not [PickledList pairs])
            throw new InvalidDataException("the pickle makes an OrderedDict from arguments that PyTorch does not give; it is damaged.");
        foreach (var item in pairs.Items)
        {
            dictionary.Items.Add(item is PickledList { Items: [var name, var value] }
                ? new(name, value)
                : throw new InvalidDataException("the pickle makes an OrderedDict of what are no pairs; it is damaged."));
        }

        return dictionary;
    }

    /// <summary>(storage, offset, shape, strides): what PyTorch wrote before 0.4.</summary>
    private static TensorReference RebuildFirstTensor(object?[] arguments) => arguments is [StorageReference, long, PickledTuple, PickledTuple]
        ? RebuildTensor([.. arguments, false, new PickledDict()])
        : throw new InvalidDataException("the pickle describes a tensor in a way that PyTorch does not; it is damaged.");

    /// <summary>(storage, offset, shape, strides, requires_grad, hooks[, metadata]).</summary>
    private static TensorReference RebuildTensor(object?[] arguments)
    {
        if (arguments is not [StorageReference storage, long offset, PickledTuple shape, PickledTuple strides, bool, PickledDict, ..])
            throw new InvalidDataException("the pickle describes a tensor in a way that PyTorch does not; it is damaged.");
        // The metadata of a conjugated or negated view: its bytes are not its values.
        if (arguments.Length > 6 && arguments[6] is not (null or PickledDict { Items.Count: 0 }))
            throw new InvalidDataException("the file holds a tensor that is a lazily negated or conjugated view; save tensor.resolve_neg().resolve_conj() instead.");
        return new TensorReference(storage, offset, Integers(shape), Integers(strides));
    }

    /// <summary>(tensor, requires_grad, hooks): a parameter is read as its tensor.</summary>
    private static TensorReference RebuildParameter(object?[] arguments) => arguments is [TensorReference tensor, bool, PickledDict]
        ? tensor
        : throw new InvalidDataException("the pickle describes a parameter in a way that PyTorch does not; it is damaged.");

    private static long[] Integers(PickledTuple tuple) => Array.ConvertAll(tuple.Items, item => item is long value
        ? value
        : throw new InvalidDataException("the pickle gives a tensor a size or stride that is not a whole number; it is damaged."));
}
