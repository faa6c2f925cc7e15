using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Stn.Kernels;

/// <content>Vectors of 16 floats in four quarters of 128 bits; for use where <see cref="IsWide"/>.</content>
internal static unsafe partial class Simd
{
    /// <summary>Lane i moves to lane 4·(i mod 4) + i/4: rows and columns of the 4×4 lanes change places. Twice, it is nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Crosswise(Vector512<float> value) =>
        Avx512F.PermuteVar16x32(value, Vector512.Create(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15));

    /// <summary>Transposes the 4×4 values that each quarter of four vectors holds: quarter by quarter, lane i of vector j and lane j of vector i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TransposeQuarters(
        ref Vector512<float> a, ref Vector512<float> b, ref Vector512<float> c, ref Vector512<float> d)
    {
        var (low01, high01) = (Avx512F.UnpackLow(a, b), Avx512F.UnpackHigh(a, b));
        var (low23, high23) = (Avx512F.UnpackLow(c, d), Avx512F.UnpackHigh(c, d));
        a = Avx512F.Shuffle(low01, low23, 0b01_00_01_00);
        b = Avx512F.Shuffle(low01, low23, 0b11_10_11_10);
        c = Avx512F.Shuffle(high01, high23, 0b01_00_01_00);
        d = Avx512F.Shuffle(high01, high23, 0b11_10_11_10);
    }

    /// <summary>Quarter i of the result is the sum of the four quarters of argument i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SumOfQuarters(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        var first = Avx512F.Shuffle4x128(a, b, 0b01_00_01_00) + Avx512F.Shuffle4x128(a, b, 0b11_10_11_10);
        var second = Avx512F.Shuffle4x128(c, d, 0b01_00_01_00) + Avx512F.Shuffle4x128(c, d, 0b11_10_11_10);
        return Avx512F.Shuffle4x128(first, second, 0b10_00_10_00) + Avx512F.Shuffle4x128(first, second, 0b11_01_11_01);
    }

    /// <summary>Lane i of each quarter is the sum of that quarter's lanes of argument i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SumWithinQuarters(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        var first = Avx512F.UnpackLow(a, b) + Avx512F.UnpackHigh(a, b);
        var second = Avx512F.UnpackLow(c, d) + Avx512F.UnpackHigh(c, d);
        return Avx512F.Shuffle(first, second, 0b01_00_01_00) + Avx512F.Shuffle(first, second, 0b11_10_11_10);
    }

    /// <summary>All ones in the lanes i with <paramref name="first"/> + i in [0, <paramref name="size"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> WideInside(int first, int size) =>
        Vector512.LessThan(Vector512<uint>.Indices + Vector512.Create((uint)first), Vector512.Create((uint)size)).AsSingle();

    /// <summary>Reads the first <paramref name="count"/> lanes, all of them for 16 and more; the others are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> WideLoadFirst(float* source, int count) => count >= Vector512<float>.Count
        ? Vector512.Load(source)
        : Avx512F.MaskLoad(source, WideInside(0, count), Vector512<float>.Zero);

    /// <summary>Writes the first <paramref name="count"/> lanes of <paramref name="value"/>, all of them for 16 and more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WideStoreFirst(Vector512<float> value, float* destination, int count)
    {
        if (count >= Vector512<float>.Count)
            value.Store(destination);
        else
            Avx512F.MaskStore(destination, WideInside(0, count), value);
    }

    /// <summary>The same; all 16 lanes, which then fill a line, past the caches if that is wanted. <see cref="Sse.StoreFence"/> ends such stores.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WideStoreFirst(Vector512<float> value, float* destination, int count, bool streams)
    {
        if (streams && count >= Vector512<float>.Count)
            Avx512F.StoreAlignedNonTemporal(destination, value);
        else
            WideStoreFirst(value, destination, count);
    }

    /// <summary>Whether planes, so many values apart, consist of whole lines from a place on.</summary>
    public static bool FillLines(float* place, nint stride) => ((nint)place & 63) == 0 && stride % Vector512<float>.Count == 0;
}
