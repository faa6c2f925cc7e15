using System.Buffers;
using System.Runtime.InteropServices;

namespace Stn.Torch.Interop;

/// <summary>Managed memory under a tensor: it stays in its place until libtorch lets go of it.</summary>
internal sealed unsafe class PinnedMemory(MemoryHandle memory)
{
    private MemoryHandle _memory = memory;

    /// <summary>Its first element.</summary>
    internal void* Data => _memory.Pointer;

    /// <summary>What <see cref="Release"/> must be given, once.</summary>
    internal nint Handle() => GCHandle.ToIntPtr(GCHandle.Alloc(this));

    [UnmanagedCallersOnly]
    internal static void Release(nint user)
    {
        var handle = GCHandle.FromIntPtr(user);
        ((PinnedMemory)handle.Target!)._memory.Dispose();
        handle.Free();
    }
}
