using System.Runtime.InteropServices;

namespace Stn.Torch;

/// <summary>The memory of CPU tensors, in bytes.</summary>
/// <param name="InUse">Of tensors that are alive.</param>
/// <param name="Peak">The largest <paramref name="InUse"/> since the start or the last reset.</param>
/// <param name="Cached">Kept for reuse by later tensors.</param>
/// <param name="Limit">The most that is kept.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct MemoryUse(long InUse, long Peak, long Cached, long Limit);
