using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Stn.Kernels.Warps;

/// <summary>What a piece of a thread's scratch memory holds.</summary>
internal enum Slot
{
    X, Y, Z, W, PlaceX, PlaceY, PlaceZ, SlopeX, SlopeY, SlopeZ, GradientX, GradientY, GradientZ, Index, Weights, Window, Accumulators, Row,
    Sums, NearX, NearY, ScaleX, ScaleY, Points, Basis, Theta, Dots, DotsOfPart, Quarter, Count,
}

/// <summary>The scratch memory of one thread: a few pieces that are kept between calls and grow to the largest use.</summary>
/// <remarks>
/// Its size follows the tile (<see cref="Tiling"/>), not the batch or the image: a few MB at most. The pieces are pinned
/// arrays, so they go when the thread goes.
/// </remarks>
internal sealed unsafe class Scratch
{
    private const int Alignment = 64;

    [ThreadStatic]
    private static Scratch? current;

    private readonly byte[]?[] pieces = new byte[(int)Slot.Count][];

    /// <summary>The calling thread's scratch memory.</summary>
    public static Scratch Current => current ??= new Scratch();

    /// <summary>Room for <paramref name="count"/> values, aligned to a cache line, with whatever they held before.</summary>
    public T* Take<T>(Slot slot, int count)
        where T : unmanaged
    {
        var bytes = checked((count * sizeof(T)) + Alignment);
        var piece = pieces[(int)slot];
        if (piece is null || piece.Length < bytes)
            pieces[(int)slot] = piece = GC.AllocateUninitializedArray<byte>(bytes + (bytes / 4), pinned: true);
        var start = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(piece));
        return (T*)((start + Alignment - 1) & ~(nuint)(Alignment - 1));
    }
}
