using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Stn.Kernels;

/// <content>Blocks of 16×16 floats; for use where <see cref="IsWide"/>.</content>
internal static unsafe partial class Simd
{
    /// <summary>The values of a block of 16×16.</summary>
    public const int WideBlock = 256;

    /// <summary>to[i·toStride + j] = from[j·fromStride + i] for i below 16 and j below <paramref name="count"/>, or 16.</summary>
    /// <remarks>
    /// Each row is read and written whole, once: rows whose distance is a power of two push each other out of the cache.
    /// </remarks>
    /// <param name="from">The rows that are read.</param>
    /// <param name="fromStride">Their distance.</param>
    /// <param name="inside">The lanes of them that exist.</param>
    /// <param name="outside">What the other lanes count as.</param>
    /// <param name="to">The rows that are written.</param>
    /// <param name="toStride">Their distance.</param>
    /// <param name="count">How many of their lanes exist.</param>
    /// <param name="streams">Whether rows go past the caches, see <see cref="WideStoreFirst(Vector512{float}, float*, int, bool)"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WideTranspose(
        float* from, nint fromStride, Vector512<float> inside, Vector512<float> outside, float* to, nint toStride, int count,
        bool streams = false)
    {
        var r0 = Avx512F.MaskLoad(from, inside, outside);
        var r1 = Avx512F.MaskLoad(from + (1 * fromStride), inside, outside);
        var r2 = Avx512F.MaskLoad(from + (2 * fromStride), inside, outside);
        var r3 = Avx512F.MaskLoad(from + (3 * fromStride), inside, outside);
        var r4 = Avx512F.MaskLoad(from + (4 * fromStride), inside, outside);
        var r5 = Avx512F.MaskLoad(from + (5 * fromStride), inside, outside);
        var r6 = Avx512F.MaskLoad(from + (6 * fromStride), inside, outside);
        var r7 = Avx512F.MaskLoad(from + (7 * fromStride), inside, outside);
        var r8 = Avx512F.MaskLoad(from + (8 * fromStride), inside, outside);
        var r9 = Avx512F.MaskLoad(from + (9 * fromStride), inside, outside);
        var r10 = Avx512F.MaskLoad(from + (10 * fromStride), inside, outside);
        var r11 = Avx512F.MaskLoad(from + (11 * fromStride), inside, outside);
        var r12 = Avx512F.MaskLoad(from + (12 * fromStride), inside, outside);
        var r13 = Avx512F.MaskLoad(from + (13 * fromStride), inside, outside);
        var r14 = Avx512F.MaskLoad(from + (14 * fromStride), inside, outside);
        var r15 = Avx512F.MaskLoad(from + (15 * fromStride), inside, outside);
        TransposeQuarters(ref r0, ref r1, ref r2, ref r3);
        TransposeQuarters(ref r4, ref r5, ref r6, ref r7);
        TransposeQuarters(ref r8, ref r9, ref r10, ref r11);
        TransposeQuarters(ref r12, ref r13, ref r14, ref r15);
        StoreQuarters(r0, r4, r8, r12, to, 4 * toStride, count, streams);
        StoreQuarters(r1, r5, r9, r13, to + (1 * toStride), 4 * toStride, count, streams);
        StoreQuarters(r2, r6, r10, r14, to + (2 * toStride), 4 * toStride, count, streams);
        StoreQuarters(r3, r7, r11, r15, to + (3 * toStride), 4 * toStride, count, streams);
    }

    /// <summary>The sums of the 16 rows of a block, row i in lane i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> WideSumRows(float* block) => SumWithinQuarters(
        RowsOfQuarters(block), RowsOfQuarters(block + 16), RowsOfQuarters(block + 32), RowsOfQuarters(block + 48));

    // Rows 0, 4, 8 and 12, each folded into a quarter.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> RowsOfQuarters(float* block) => SumOfQuarters(
        Vector512.Load(block), Vector512.Load(block + 64), Vector512.Load(block + 128), Vector512.Load(block + 192));

    // Quarter i of each vector side by side in row i.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreQuarters(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* rows, nint stride, int count,
        bool streams)
    {
        var (low01, high01) = (Avx512F.Shuffle4x128(a, b, 0b01_00_01_00), Avx512F.Shuffle4x128(a, b, 0b11_10_11_10));
        var (low23, high23) = (Avx512F.Shuffle4x128(c, d, 0b01_00_01_00), Avx512F.Shuffle4x128(c, d, 0b11_10_11_10));
        WideStoreFirst(Avx512F.Shuffle4x128(low01, low23, 0b10_00_10_00), rows, count, streams);
        WideStoreFirst(Avx512F.Shuffle4x128(low01, low23, 0b11_01_11_01), rows + stride, count, streams);
        WideStoreFirst(Avx512F.Shuffle4x128(high01, high23, 0b10_00_10_00), rows + (2 * stride), count, streams);
        WideStoreFirst(Avx512F.Shuffle4x128(high01, high23, 0b11_01_11_01), rows + (3 * stride), count, streams);
    }
}
