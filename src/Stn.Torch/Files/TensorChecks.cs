namespace Stn.Torch.Files;

/// <summary>
/// What every reader and writer of tensors checks. Readers throw <see cref="InvalidDataException"/>, which
/// <see cref="GuardedRead"/> turns into the exception that names the file.
/// </summary>
internal static class TensorChecks
{
    // libtorch sets no limit, but no tensor comes near; a hostile file gets no say in how deep loops nest.
    private const int MaxRank = 64;

    /// <summary>The number of bytes that a tensor of this type and shape has.</summary>
    public static int ByteCount(string name, DType type, ReadOnlySpan<long> shape)
    {
        if (shape.Length > MaxRank)
            throw new InvalidDataException($"tensor '{name}' has {shape.Length} dimensions; at most {MaxRank} are read.");

        long bytes = type.SizeInBytes();
        var empty = false;
        foreach (var size in shape)
        {
            if (size < 0)
                throw new InvalidDataException($"tensor '{name}' has the shape {Text(shape)}; a size cannot be negative.");
            empty |= size == 0;
            // A zero does not excuse the other sizes: strides are computed from them later.
            bytes = (long)Int128.Min((Int128)bytes * Math.Max(size, 1), long.MaxValue);
        }

        if (bytes > Array.MaxLength)
            throw new InvalidDataException($"tensor '{name}' with the shape {Text(shape)} is larger than 2 GiB, the most that is read at once.");
        return empty ? 0 : (int)bytes;
    }

    /// <summary>Refuses, before anything is written, a tensor whose bytes do not match its shape.</summary>
    public static void RequireWritable(string name, HostTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(tensor);
        try
        {
            var expected = ByteCount(name, tensor.Type, tensor.Shape);
            if (tensor.Data.Length != expected)
                throw new InvalidDataException($"tensor '{name}' of type {tensor.Type} and shape {Text(tensor.Shape)} needs {expected} bytes and has {tensor.Data.Length}.");
            RequireBooleans(name, tensor.Type, tensor.Data);
        }
        catch (InvalidDataException e)
        {
            throw new ArgumentException(e.Message, nameof(tensor), e);
        }
    }

    /// <summary>libtorch's kernels assume 0 or 1 in a boolean; any other byte makes their results undefined.</summary>
    public static void RequireBooleans(string name, DType type, ReadOnlySpan<byte> data)
    {
        var at = type == DType.Bool ? data.IndexOfAnyExceptInRange((byte)0, (byte)1) : -1;
        if (at >= 0)
            throw new InvalidDataException($"tensor '{name}' is boolean and holds {data[at]} at element {at}; 0 and 1 are allowed.");
    }

    public static string Text(ReadOnlySpan<long> shape) => $"[{string.Join(", ", shape.ToArray())}]";
}
