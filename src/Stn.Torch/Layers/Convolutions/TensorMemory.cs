using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Stn.Torch.Layers.Convolutions;

/// <summary>The address of a tensor's elements, for kernels; valid while the tensor lives.</summary>
internal static unsafe class TensorMemory
{
    internal static float* Floats(Tensor tensor) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.DangerousGetSpan<float>()));

    internal static byte* Bytes(Tensor tensor) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.DangerousGetSpan<byte>()));
}
