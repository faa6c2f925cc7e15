using Stn.Torch.Interop;

namespace Stn.Torch;

/// <content>From memory and back.</content>
public sealed partial class Tensor
{
    /// <summary>Copies <paramref name="data"/>, in C order, into a new CPU tensor.</summary>
    /// <param name="data">The elements; as many as <paramref name="shape"/> says.</param>
    /// <param name="shape">The size of each dimension; none for a scalar.</param>
    /// <exception cref="ArgumentException">The element type has no <see cref="DType"/>, or the count does not fit.</exception>
    public static unsafe Tensor From<T>(ReadOnlySpan<T> data, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        RequireCount(data.Length, shape, nameof(data));
        fixed (T* first = data)
        {
            var nothing = 0L; // an empty span has no address; any will do for no bytes
            return New(DTypes.Of<T>(), shape, data.IsEmpty ? &nothing : first, (long)data.Length * sizeof(T));
        }
    }

    /// <inheritdoc cref="From{T}(ReadOnlySpan{T}, ReadOnlySpan{long})"/>
    public static Tensor From<T>(T[] data, params ReadOnlySpan<long> shape)
        where T : unmanaged => From<T>(data.AsSpan(), shape);

    /// <summary>A CPU tensor in memory that is there already: nothing is copied.</summary>
    /// <remarks>
    /// The memory stays where it is until the last reference to the tensor is gone, those of a recorded graph among them. Whoever writes to
    /// it before changes the tensor.
    /// </remarks>
    /// <param name="data">The elements, in C order; as many as <paramref name="shape"/> says.</param>
    /// <param name="shape">The size of each dimension.</param>
    /// <exception cref="ArgumentException">The element type has no <see cref="DType"/>, or the count does not fit.</exception>
    public static unsafe Tensor Over<T>(Memory<T> data, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        RequireCount(data.Length, shape, nameof(data));
        var type = DTypes.Of<T>();
        TorchRuntime.EnsureLoaded();
        var memory = new PinnedMemory(data.Pin());
        fixed (long* sizes = shape)
        {
            if (NativeMethods.stn_tensor_wrap((int)type, sizes, shape.Length, memory.Data, &PinnedMemory.Release, memory.Handle(), out var handle) != 0)
                Native.Fail($"making a tensor of shape ({string.Join(", ", shape.ToArray())}), {type},");
            return new Tensor(handle);
        }
    }

    /// <summary>A CPU tensor whose elements are not set.</summary>
    public static unsafe Tensor Empty(DType type, params ReadOnlySpan<long> shape) => New(type, shape, null, 0);

    /// <summary>Copies a host tensor, as the file formats read it, into a new CPU tensor.</summary>
    /// <exception cref="ArgumentException">Its bytes are not as many as its type and shape say.</exception>
    public static unsafe Tensor From(HostTensor host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var size = host.Type.SizeInBytes();
        if (host.Data.Length % size != 0)
            throw new ArgumentException($"{host.Data.Length} bytes are no whole number of {host.Type}", nameof(host));
        RequireCount(host.Data.Length / size, host.Shape, nameof(host));
        fixed (byte* first = host.Data)
        {
            var nothing = 0L;
            return New(host.Type, host.Shape, first is null ? &nothing : first, host.Data.Length);
        }
    }

    /// <summary>Copies the elements out, in C order, from any device and layout.</summary>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the tensor's type.</exception>
    public unsafe T[] ToArray<T>()
        where T : unmanaged
    {
        RequireType<T>();
        var data = GC.AllocateUninitializedArray<T>(checked((int)ElementCount));
        fixed (T* first = data)
        {
            Native.Check(NativeMethods.stn_tensor_read(this, first, (long)data.Length * sizeof(T)), "reading a tensor");
        }

        return data;
    }

    /// <summary>Copies the elements and the shape out, for a file.</summary>
    public unsafe HostTensor ToHost()
    {
        var type = Type;
        var data = GC.AllocateUninitializedArray<byte>(checked((int)(ElementCount * type.SizeInBytes())));
        fixed (byte* first = data)
        {
            Native.Check(NativeMethods.stn_tensor_read(this, first, data.Length), "reading a tensor");
        }

        return new HostTensor(type, Shape, data);
    }

    /// <summary>The one element of a tensor that has one.</summary>
    /// <exception cref="InvalidOperationException">It has another number of elements.</exception>
    public T Item<T>()
        where T : unmanaged
    {
        var count = ElementCount;
        return count == 1 ? ToArray<T>()[0] : throw new InvalidOperationException($"a tensor of shape {this} is not one number");
    }

    /// <summary>
    /// The elements in place, for kernels that read or write them: of a contiguous CPU tensor, valid while this object is
    /// not disposed and the tensor not resized.
    /// </summary>
    /// <remarks>libtorch does not see what is written: change a network's weights by operators, optimisers or <see cref="ModuleState.Load"/> instead.</remarks>
    /// <exception cref="ArgumentException">The type differs, or the tensor is not contiguous on the CPU.</exception>
    public unsafe Span<T> DangerousGetSpan<T>()
        where T : unmanaged
    {
        RequireType<T>();
        var info = Info();
        if (info.Contiguous == 0 || (info.Data is null && info.Elements > 0))
            throw new ArgumentException($"{this} is not contiguous on the CPU: take Contiguous() or To(Device.Cpu) first");
        return new Span<T>(info.Data, checked((int)info.Elements));
    }

    /// <summary>The elements in place, if they are floats on the CPU in C order; as for <see cref="DangerousGetSpan"/>.</summary>
    internal unsafe bool TryGetFloats(out float* data, out long count)
    {
        var info = Info();
        data = (float*)info.Data;
        count = info.Elements;
        return info.DType == (int)DType.Float32 && info.Contiguous != 0 && info.CudaDevice < 0 && (data is not null || count == 0);
    }

    private static unsafe Tensor New(DType type, ReadOnlySpan<long> shape, void* data, long bytes)
    {
        TorchRuntime.EnsureLoaded();
        fixed (long* sizes = shape)
        {
            if (NativeMethods.stn_tensor_new((int)type, sizes, shape.Length, data, bytes, out var handle) != 0)
                Native.Fail($"making a tensor of shape ({string.Join(", ", shape.ToArray())}), {type},");
            return new Tensor(handle);
        }
    }

    private static void RequireCount(int count, ReadOnlySpan<long> shape, string name)
    {
        var needed = 1L;
        foreach (var size in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(shape));
            needed *= size;
        }

        if (needed != count)
            throw new ArgumentException($"shape ({string.Join(", ", shape.ToArray())}) has {needed} elements, got {count}", name);
    }

    private void RequireType<T>()
        where T : unmanaged
    {
        if (DTypes.Of<T>() != Type)
            throw new ArgumentException($"the tensor's elements are {Type}, not {typeof(T).Name}");
    }
}
