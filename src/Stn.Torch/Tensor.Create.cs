using Stn.Torch.Interop;

namespace Stn.Torch;

/// <content>New tensors.</content>
public sealed partial class Tensor
{
    /// <summary>All zeros.</summary>
    public static Tensor Zeros(long[] shape, DType type = DType.Float32) =>
        Ops.Zeros.Call(shape, type, Argument.None, Device.Cpu);

    /// <summary>All ones.</summary>
    public static Tensor Ones(long[] shape, DType type = DType.Float32) =>
        Ops.Ones.Call(shape, type, Argument.None, Device.Cpu);

    /// <summary>Zeros of the same shape, type and device as <paramref name="other"/>.</summary>
    public static Tensor ZerosLike(Tensor other) => Ops.ZerosLike.Call(other);

    /// <summary>Numbers from the standard normal distribution, from libtorch's generator.</summary>
    public static Tensor RandomNormal(long[] shape, DType type = DType.Float32) =>
        Ops.RandN.Call(shape, type, Argument.None, Device.Cpu);

    /// <summary>Numbers uniform over [0, 1), from libtorch's generator.</summary>
    public static Tensor RandomUniform(long[] shape, DType type = DType.Float32) =>
        Ops.Rand.Call(shape, type, Argument.None, Device.Cpu);
}
