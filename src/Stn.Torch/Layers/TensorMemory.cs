using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Stn.Torch.Layers;

/// <summary>The address of a tensor's elements, for kernels; valid while the tensor lives.</summary>
internal static unsafe class TensorMemory
{
    /// <exception cref="InvalidOperationException">They are not floats in C order on the CPU.</exception>
    internal static float* Floats(Tensor tensor) =>
        tensor.TryGetFloats(out var data, out _) ? data : throw new InvalidOperationException($"{tensor} is not floats in C order on the CPU");

    internal static byte* Bytes(Tensor tensor) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.DangerousGetSpan<byte>()));
}
