using Stn.Torch.Interop;

namespace Stn.Torch;

/// <content>The same elements in another order, size, type or place.</content>
public sealed partial class Tensor
{
    /// <summary>Puts tensors behind each other along an existing dimension.</summary>
    public static Tensor Concatenate(Tensor[] tensors, int dimension) => Ops.Cat.Call(tensors, (long)dimension);

    /// <summary>Puts tensors of one shape behind each other along a new dimension.</summary>
    public static Tensor Stack(Tensor[] tensors, int dimension) => Ops.Stack.Call(tensors, (long)dimension);

    /// <summary>The same elements in another shape; −1 stands for what is left.</summary>
    public Tensor Reshape(params long[] shape) => Ops.Reshape.Call(this, shape);

    /// <summary>All dimensions from <paramref name="first"/> on as one.</summary>
    public Tensor Flatten(int first = 1) => Ops.Flatten.Call(this, (long)first);

    /// <summary>The dimensions in another order.</summary>
    public Tensor Permute(params long[] order) => Ops.Permute.Call(this, order);

    /// <summary>Two dimensions exchanged.</summary>
    public Tensor Transpose(int first, int second) => Ops.Transpose.Call(this, (long)first, (long)second);

    /// <summary>One entry of a dimension, which goes away.</summary>
    public Tensor Select(int dimension, long index) => Ops.Select.Call(this, (long)dimension, index);

    /// <summary><paramref name="length"/> entries of a dimension from <paramref name="start"/> on.</summary>
    public Tensor Narrow(int dimension, long start, long length) => Ops.Narrow.Call(this, (long)dimension, start, length);

    /// <summary>The entries of a dimension that <paramref name="index"/>, whole numbers, names.</summary>
    public Tensor IndexSelect(int dimension, Tensor index) => Ops.IndexSelect.Call(this, (long)dimension, index);

    /// <summary>For each position, the element of <paramref name="dimension"/> that <paramref name="index"/> names there.</summary>
    public Tensor Gather(int dimension, Tensor index) => Ops.Gather.Call(this, (long)dimension, index);

    /// <summary>A new dimension of size one.</summary>
    public Tensor Unsqueeze(int dimension) => Ops.Unsqueeze.Call(this, (long)dimension);

    /// <summary>A dimension of size one taken away.</summary>
    public Tensor Squeeze(int dimension) => Ops.Squeeze.Call(this, (long)dimension);

    /// <summary>Dimensions of size one repeated without copying.</summary>
    public Tensor Expand(params long[] shape) => Ops.Expand.Call(this, shape);

    /// <summary>Itself if it is contiguous, else a copy that is.</summary>
    public Tensor Contiguous()
    {
        var info = Info();
        if (TransposedCopy.Find(info) is not { } transposed || (info.RequiresGrad != 0 && NoGrad.IsRecording))
            return Ops.Contiguous.Call(this);

        var result = Empty(Type, Shape);
        transposed.Run(result);
        GC.KeepAlive(this);
        return result;
    }

    /// <summary>The same elements of (N, C, H, W) with the channels innermost in memory, see <see cref="IsChannelsLast"/>; no copy if they are.</summary>
    public Tensor ChannelsLast()
    {
        using var scope = new TensorScope();
        return scope.Keep(Permute(0, 2, 3, 1).Contiguous().Permute(0, 3, 1, 2));
    }

    /// <summary>A copy of its own.</summary>
    public Tensor Clone() => Ops.Clone.Call(this);

    /// <summary>The same elements, cut off from the graph.</summary>
    public Tensor Detach() => Ops.Detach.Call(this);

    /// <summary>As another element type; itself if it is that already.</summary>
    public Tensor To(DType type) => Ops.ToType.Call(this, type);

    /// <summary>On another device; itself if it is there already.</summary>
    /// <exception cref="TorchException">The device is not there.</exception>
    public Tensor To(Device device)
    {
        TorchRuntime.RequireDevice(device);
        return Ops.ToDevice.Call(this, device, Type);
    }
}
