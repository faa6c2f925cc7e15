using System.Runtime.InteropServices;

namespace Stn.Torch.Layers;

/// <summary>Memory of one task, zero at first, in whole cache lines.</summary>
internal sealed unsafe class Scratch : IDisposable
{
    private const int Line = 64;

    internal Scratch(long floats)
    {
        var bytes = (nuint)((floats * sizeof(float)) + Line - 1) / Line * Line;
        Floats = (float*)NativeMemory.AlignedAlloc(bytes, Line);
        NativeMemory.Clear(Floats, bytes);
    }

    internal float* Floats { get; }

    public void Dispose() => NativeMemory.AlignedFree(Floats);
}
