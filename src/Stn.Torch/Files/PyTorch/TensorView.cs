using System.Runtime.InteropServices;

namespace Stn.Torch.Files.PyTorch;

/// <summary>Checks a tensor's view of its storage, and copies it into C order.</summary>
internal static class TensorView
{
    /// <summary>The tensor's size in bytes, once it is sure that every element lies inside the storage.</summary>
    public static int CheckedByteCount(string name, TensorReference tensor)
    {
        var bytes = TensorChecks.ByteCount(name, tensor.Storage.Type, tensor.Shape);
        if (tensor.Shape.Length != tensor.Strides.Length)
            throw new InvalidDataException($"tensor '{name}' has {tensor.Shape.Length} sizes and {tensor.Strides.Length} strides.");
        if (tensor.Offset < 0 || tensor.Strides.Any(stride => stride < 0))
            throw new InvalidDataException($"tensor '{name}' has a negative offset or stride.");

        Int128 last = tensor.Offset;
        for (var i = 0; i < tensor.Shape.Length; i++)
            last += (Int128)(tensor.Shape[i] - 1) * tensor.Strides[i];
        if (bytes > 0 && last >= tensor.Storage.Count)
            throw new InvalidDataException($"tensor '{name}' reaches element {last} of a storage of {tensor.Storage.Count}.");
        return bytes;
    }

    /// <summary>True where the tensor is the whole storage in C order, so that its bytes can be taken as they are.</summary>
    public static bool IsWholeStorage(TensorReference tensor)
    {
        long expected = 1;
        for (var i = tensor.Shape.Length - 1; i >= 0; i--)
        {
            if (tensor.Shape[i] != 1 && tensor.Strides[i] != expected)
                return false;
            expected *= tensor.Shape[i];
        }

        return tensor.Offset == 0 && expected == tensor.Storage.Count;
    }

    /// <summary>Copies a checked view into C order.</summary>
    public static byte[] Copy(TensorReference tensor, byte[] storage, int byteCount)
    {
        var destination = new byte[byteCount];
        if (byteCount == 0)
            return destination;
        switch (tensor.Storage.Type.SizeInBytes())
        {
            case 1: Copy<byte>(tensor, storage, destination); break;
            case 2: Copy<ushort>(tensor, storage, destination); break;
            case 4: Copy<uint>(tensor, storage, destination); break;
            default: Copy<ulong>(tensor, storage, destination); break;
        }

        return destination;
    }

    private static void Copy<T>(TensorReference tensor, byte[] storage, byte[] destination) where T : struct
    {
        var source = MemoryMarshal.Cast<byte, T>(storage.AsSpan())[(int)tensor.Offset..];
        Copy<T>(tensor.Shape, tensor.Strides, source, MemoryMarshal.Cast<byte, T>(destination.AsSpan()));
    }

    private static void Copy<T>(ReadOnlySpan<long> shape, ReadOnlySpan<long> strides, ReadOnlySpan<T> source, Span<T> destination)
        where T : struct
    {
        if (destination.Length == 1)
        {
            destination[0] = source[0];
            return;
        }

        var (size, stride) = ((int)shape[0], (int)strides[0]);
        if (shape.Length == 1)
        {
            for (var i = 0; i < size; i++)
                destination[i] = source[i * stride];
            return;
        }

        var inner = destination.Length / size;
        for (var i = 0; i < size; i++)
            Copy(shape[1..], strides[1..], source[(i * stride)..], destination.Slice(i * inner, inner));
    }
}
