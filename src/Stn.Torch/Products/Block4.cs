using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Stn.Torch.Products;

/// <summary>4×4 floats, for x86.</summary>
internal static unsafe class Block4
{
    /// <summary>Rows and columns.</summary>
    internal const int Side = 4;

    /// <summary>Whether the processor has what it takes.</summary>
    internal static bool IsFast => Sse.IsSupported;

    /// <summary>to[i·toStride + j] = from[j·fromStride + i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Transpose(float* from, long fromStride, float* to, long toStride)
    {
        var (a, b) = (Vector128.Load(from), Vector128.Load(from + fromStride));
        var (c, d) = (Vector128.Load(from + (2 * fromStride)), Vector128.Load(from + (3 * fromStride)));
        var (low01, high01) = (Sse.UnpackLow(a, b), Sse.UnpackHigh(a, b));
        var (low23, high23) = (Sse.UnpackLow(c, d), Sse.UnpackHigh(c, d));
        Sse.MoveLowToHigh(low01, low23).Store(to);
        Sse.MoveHighToLow(low23, low01).Store(to + toStride);
        Sse.MoveLowToHigh(high01, high23).Store(to + (2 * toStride));
        Sse.MoveHighToLow(high23, high01).Store(to + (3 * toStride));
    }
}
