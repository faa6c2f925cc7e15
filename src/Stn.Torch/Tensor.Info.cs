using Stn.Torch.Interop;

namespace Stn.Torch;

/// <content>What a tensor is.</content>
public sealed partial class Tensor
{
    /// <summary>The size of each dimension, outermost first.</summary>
    public unsafe long[] Shape
    {
        get
        {
            var info = Info();
            var shape = new ReadOnlySpan<long>(info.Sizes, info.Dimensions).ToArray();
            GC.KeepAlive(this);
            return shape;
        }
    }

    /// <summary>The number of dimensions.</summary>
    public int Dimensions => Info().Dimensions;

    /// <summary>The number of elements.</summary>
    public long ElementCount => Info().Elements;

    /// <summary>The type of the elements.</summary>
    public DType Type => (DType)Info().DType;

    /// <summary>Where the elements lie.</summary>
    public Device Device => Info().CudaDevice is var index && index >= 0 ? Device.Cuda(index) : Device.Cpu;

    /// <summary>Whether the elements lie in C order without gaps.</summary>
    public bool IsContiguous => Info().Contiguous != 0;

    /// <summary>Whether this is (N, C, H, W) with its channels innermost in memory: PyTorch's <c>channels_last</c>, and not C order too.</summary>
    public unsafe bool IsChannelsLast
    {
        get
        {
            var info = Info();
            if (info.Dimensions != 4 || info.Contiguous != 0 || info.Strides is null)
                return false;
            long expected = 1;
            var isLast = true;
            foreach (var axis in (ReadOnlySpan<int>)[1, 3, 2, 0])
            {
                // Where an axis of one entry would go on does not matter.
                isLast &= info.Sizes[axis] == 1 || info.Strides[axis] == expected;
                expected *= info.Sizes[axis];
            }

            GC.KeepAlive(this);
            return isLast;
        }
    }

    /// <summary>Whether gradients flow to this tensor.</summary>
    public bool RequiresGrad => Info().RequiresGrad != 0;

    /// <summary>Another number after each change of the elements, by operators and by optimisers; not by <see cref="DangerousGetSpan"/>.</summary>
    internal long Version
    {
        get
        {
            Native.Check(NativeMethods.stn_tensor_version(this, out var version), "reading a tensor's version");
            return version;
        }
    }

    /// <summary>The size of dimension <paramref name="dimension"/>; negative counts from the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public unsafe long Size(int dimension)
    {
        var info = Info();
        var index = dimension < 0 ? dimension + info.Dimensions : dimension;
        if ((uint)index >= (uint)info.Dimensions)
            throw new ArgumentOutOfRangeException(nameof(dimension), dimension, $"the tensor has {info.Dimensions} dimensions");

        var size = info.Sizes[index];
        GC.KeepAlive(this);
        return size;
    }

    /// <summary>The shape and the type, as error messages show them: <c>(256, 1, 42, 42) Float32</c>.</summary>
    public override string ToString() =>
        IsClosed ? "(disposed tensor)" : $"({string.Join(", ", Shape)}) {Type}{(Device.IsCuda ? $" on {Device}" : string.Empty)}";

    private NativeInfo Info()
    {
        Native.Check(NativeMethods.stn_tensor_info(this, out var info), "reading a tensor's shape");
        return info;
    }
}
