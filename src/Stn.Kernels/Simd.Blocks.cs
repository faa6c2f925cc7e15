using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Stn.Kernels;

/// <content>Blocks of 8×8 floats, and adding to memory; for use where <see cref="IsFast"/>.</content>
internal static unsafe partial class Simd
{
    /// <summary>memory += value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(float* memory, Vector256<float> value) => (Vector256.Load(memory) + value).Store(memory);

    /// <summary>memory += a·b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(float* memory, Vector256<float> a, Vector256<float> b) =>
        MultiplyAdd(a, b, Vector256.Load(memory)).Store(memory);

    /// <summary>to[i·toStride + j] = from[j·fromStride + i] for i and j below 8.</summary>
    /// <remarks>
    /// The halves of rows j and j + 4 are loaded into one vector, so that no lane has to cross the middle afterwards: 16
    /// shuffles for 64 values.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(float* from, nint fromStride, float* to, nint toStride)
    {
        TransposeHalf(from, fromStride, to, toStride);
        TransposeHalf(from + 4, fromStride, to + (4 * toStride), toStride);
    }

    /// <summary>Transposes a block into 8 rows far apart, of which only the first <paramref name="count"/> columns exist.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TransposeTo(float* block, float* rows, nint stride, int count)
    {
        if (count >= 8)
        {
            Transpose(block, 8, rows, stride);
            return;
        }

        for (var i = 0; i < 8 * count; i++)
            rows[((i % 8) * stride) + (i / 8)] = block[i];
    }

    /// <summary>Transposes 8 rows far apart into a block; columns from <paramref name="count"/> on do not exist and count as 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TransposeFrom(float* rows, nint stride, float* block, int count)
    {
        if (count >= 8)
        {
            Transpose(rows, stride, block, 8);
            return;
        }

        for (var i = 0; i < 64; i++)
            block[i] = i / 8 < count ? rows[((i % 8) * stride) + (i / 8)] : 0;
    }

    /// <summary>The sums of the 8 rows of a block, row i in lane i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SumRows(float* block)
    {
        var first = Avx.HorizontalAdd(
            Avx.HorizontalAdd(Vector256.Load(block), Vector256.Load(block + 8)),
            Avx.HorizontalAdd(Vector256.Load(block + 16), Vector256.Load(block + 24)));
        var second = Avx.HorizontalAdd(
            Avx.HorizontalAdd(Vector256.Load(block + 32), Vector256.Load(block + 40)),
            Avx.HorizontalAdd(Vector256.Load(block + 48), Vector256.Load(block + 56)));
        return Avx.Permute2x128(first, second, 0x20) + Avx.Permute2x128(first, second, 0x31);
    }

    /// <summary>Asks for the same place in 8 rows; an address that does not exist is ignored by the processor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch8(float* rows, nint stride)
    {
        for (var row = 0; row < 8; row++)
            Sse.Prefetch0(rows + (row * stride));
    }

    /// <summary>Asks for one place; an address that does not exist is ignored by the processor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(float* place) => Sse.Prefetch0(place);

    /// <summary>Asks for a row of values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PrefetchRow(float* row, int count)
    {
        for (var i = 0; i < count; i += 16)
            Sse.Prefetch0(row + i);
    }

    // Columns 0 to 3 of 8 rows become 4 rows of 8.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeHalf(float* from, nint fromStride, float* to, nint toStride)
    {
        var row04 = Vector256.Create(Vector128.Load(from), Vector128.Load(from + (4 * fromStride)));
        var row15 = Vector256.Create(Vector128.Load(from + fromStride), Vector128.Load(from + (5 * fromStride)));
        var row26 = Vector256.Create(Vector128.Load(from + (2 * fromStride)), Vector128.Load(from + (6 * fromStride)));
        var row37 = Vector256.Create(Vector128.Load(from + (3 * fromStride)), Vector128.Load(from + (7 * fromStride)));
        var (low01, high01) = (Avx.UnpackLow(row04, row15), Avx.UnpackHigh(row04, row15));
        var (low23, high23) = (Avx.UnpackLow(row26, row37), Avx.UnpackHigh(row26, row37));
        Avx.Shuffle(low01, low23, 0b01_00_01_00).Store(to);
        Avx.Shuffle(low01, low23, 0b11_10_11_10).Store(to + toStride);
        Avx.Shuffle(high01, high23, 0b01_00_01_00).Store(to + (2 * toStride));
        Avx.Shuffle(high01, high23, 0b11_10_11_10).Store(to + (3 * toStride));
    }
}
