using System.Runtime.InteropServices;

namespace Stn.Torch.Interop;

/// <summary>What only CUDA's driver knows of a device: libtorch's operators do not tell.</summary>
internal static unsafe partial class CudaDriver
{
    private const string Library = "libcuda.so.1";
    private const int Capacity = 256;

    /// <summary>The name of a device by its number among those that can be seen; null where the driver does not give one.</summary>
    internal static string? NameOf(int index)
    {
        try
        {
            var name = stackalloc byte[Capacity];
            return cuInit(0) == 0 && cuDeviceGet(out var device, index) == 0 && cuDeviceGetName(name, Capacity, device) == 0
                ? Marshal.PtrToStringUTF8((nint)name)
                : null;
        }
        catch (DllNotFoundException)
        {
            return null; // libtorch may have brought a driver of its own by another name
        }
    }

    [LibraryImport(Library)]
    private static partial int cuInit(uint flags);

    [LibraryImport(Library)]
    private static partial int cuDeviceGet(out int device, int ordinal);

    [LibraryImport(Library)]
    private static partial int cuDeviceGetName(byte* name, int length, int device);
}
