using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>
/// Bilinear taps of up to 4 channels from <see cref="QuadPixels"/>, 16 points at a time. One vector holds all taps of a point:
/// quarters nw, ne, sw and se of 4 channels each.
/// </summary>
/// <remarks>
/// V = Σ w·tap sums over quarters; ∂x and ∂y sum ∂V·tap over channels, within quarters, and then weigh the four sums as
/// <see cref="BilinearPairs"/> does; ∂tap = w·∂V. Points are taken so that what is summed comes out in their order: 4k + m with
/// lane k of each quarter m, or the reverse. Points after the last are computed with ∂V = 0.
/// </remarks>
internal static unsafe class BilinearQuads
{
    private const int Block = 16;

    /// <summary>Writes V of a run of points in <paramref name="live"/> planes, <paramref name="stride"/> values apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(
        float* pixels, int live, int columns, int* index, in Staged<float> staged, int start, int count, float* output, int stride)
    {
        var south = QuadPixels.Channels * (nint)columns;
        for (var i = 0; i < count; i += Block)
        {
            Weigh(staged, start + i, out var nw, out var ne, out var sw, out var se);
            var at = index + start + i;
            var a = Values(pixels, south, at, nw);
            var b = Values(pixels, south, at + 1, ne);
            var c = Values(pixels, south, at + 2, sw);
            var d = Values(pixels, south, at + 3, se);
            Simd.TransposeQuarters(ref a, ref b, ref c, ref d);
            Simd.WideStoreFirst(a, output + i, count - i);
            if (live > 1)
                Simd.WideStoreFirst(b, output + i + stride, count - i);
            if (live > 2)
                Simd.WideStoreFirst(c, output + i + (2 * (nint)stride), count - i);
            if (live > 3)
                Simd.WideStoreFirst(d, output + i + (3 * (nint)stride), count - i);
        }
    }

    /// <summary>Adds to the gradients of the positions, and to the sums of the pixels; asks for ∂V <paramref name="ahead"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<TWanted>(
        float* pixels, float* sums, int odd, int live, int columns, int* index, in Staged<float> staged, int start, int count,
        float* amounts, int stride, nint ahead)
        where TWanted : IWanted
    {
        var south = QuadPixels.Channels * (nint)columns;
        var places = stackalloc int[Block];
        for (var i = 0; i < count; i += Block)
        {
            for (var channel = 0; channel < live; channel++)
                Simd.Prefetch(amounts + i + ahead + (channel * (nint)stride));
            var a = Simd.WideLoadFirst(amounts + i, count - i);
            var b = live > 1 ? Simd.WideLoadFirst(amounts + i + stride, count - i) : Vector512<float>.Zero;
            var c = live > 2 ? Simd.WideLoadFirst(amounts + i + (2 * (nint)stride), count - i) : Vector512<float>.Zero;
            var d = live > 3 ? Simd.WideLoadFirst(amounts + i + (3 * (nint)stride), count - i) : Vector512<float>.Zero;
            Simd.TransposeQuarters(ref a, ref b, ref c, ref d);
            var at = index + start + i;
            if (TWanted.Positions)
                Slopes(pixels, south, at, staged, start + i, count - i, a, b, c, d);
            if (!TWanted.Image)
                continue;
            var cells = Vector512.Load(at);
            (cells + (Vector512.Equals(cells & Vector512.Create(4), Vector512.Create(4)) & Vector512.Create(odd))).Store(places);
            Weigh(staged, start + i, out var nw, out var ne, out var sw, out var se);
            Scatter(sums, south, places, nw, a);
            Scatter(sums, south, places + 1, ne, b);
            Scatter(sums, south, places + 2, sw, c);
            Scatter(sums, south, places + 3, se, d);
        }
    }

    // The weights of a point side by side: quarter k of vector m belongs to point 4k + m.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Weigh(
        in Staged<float> staged, int at, out Vector512<float> nw, out Vector512<float> ne, out Vector512<float> sw,
        out Vector512<float> se)
    {
        var (x, y, one) = (Vector512.Load(staged.X + at), Vector512.Load(staged.Y + at), Vector512<float>.One);
        nw = (one - x) * (one - y);
        ne = x * (one - y);
        sw = (one - x) * y;
        se = x * y;
        Simd.TransposeQuarters(ref nw, ref ne, ref sw, ref se);
    }

    // V of the points 0, 4, 8 and 12 after index, a quarter each.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Values(float* pixels, nint south, int* index, Vector512<float> weights) => Simd.SumOfQuarters(
        Taps(pixels + index[0], south) * Spread0(weights), Taps(pixels + index[4], south) * Spread1(weights),
        Taps(pixels + index[8], south) * Spread2(weights), Taps(pixels + index[12], south) * Spread3(weights));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Slopes(
        float* pixels, nint south, int* index, in Staged<float> staged, int at, int count, Vector512<float> a, Vector512<float> b,
        Vector512<float> c, Vector512<float> d)
    {
        var first = Simd.SumWithinQuarters(
            Taps(pixels + index[0], south) * Quarter0(a), Taps(pixels + index[1], south) * Quarter0(b),
            Taps(pixels + index[2], south) * Quarter0(c), Taps(pixels + index[3], south) * Quarter0(d));
        var second = Simd.SumWithinQuarters(
            Taps(pixels + index[4], south) * Quarter1(a), Taps(pixels + index[5], south) * Quarter1(b),
            Taps(pixels + index[6], south) * Quarter1(c), Taps(pixels + index[7], south) * Quarter1(d));
        var third = Simd.SumWithinQuarters(
            Taps(pixels + index[8], south) * Quarter2(a), Taps(pixels + index[9], south) * Quarter2(b),
            Taps(pixels + index[10], south) * Quarter2(c), Taps(pixels + index[11], south) * Quarter2(d));
        var fourth = Simd.SumWithinQuarters(
            Taps(pixels + index[12], south) * Quarter3(a), Taps(pixels + index[13], south) * Quarter3(b),
            Taps(pixels + index[14], south) * Quarter3(c), Taps(pixels + index[15], south) * Quarter3(d));
        var (north01, south01) = (Avx512F.Shuffle4x128(first, second, 0b01_00_01_00), Avx512F.Shuffle4x128(first, second, 0b11_10_11_10));
        var (north23, south23) = (Avx512F.Shuffle4x128(third, fourth, 0b01_00_01_00), Avx512F.Shuffle4x128(third, fourth, 0b11_10_11_10));
        var (nw, ne) = (Avx512F.Shuffle4x128(north01, north23, 0b10_00_10_00), Avx512F.Shuffle4x128(north01, north23, 0b11_01_11_01));
        var (sw, se) = (Avx512F.Shuffle4x128(south01, south23, 0b10_00_10_00), Avx512F.Shuffle4x128(south01, south23, 0b11_01_11_01));
        AddTo(staged.GradientX + at, count, Mix(Vector512.Load(staged.Y + at), ne - nw, se - sw));
        AddTo(staged.GradientY + at, count, Mix(Vector512.Load(staged.X + at), sw - nw, se - ne));
    }

    // Adds ∂V of the points 0, 4, 8 and 12, which are quarters of amounts.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scatter(float* sums, nint south, int* places, Vector512<float> weights, Vector512<float> amounts)
    {
        AddTaps(sums + places[0], south, Spread0(weights) * Quarter0(amounts));
        AddTaps(sums + places[4], south, Spread1(weights) * Quarter1(amounts));
        AddTaps(sums + places[8], south, Spread2(weights) * Quarter2(amounts));
        AddTaps(sums + places[12], south, Spread3(weights) * Quarter3(amounts));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Taps(float* north, nint south) =>
        Avx512F.InsertVector256(Vector256.Load(north).ToVector512Unsafe(), Vector256.Load(north + south), 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTaps(float* north, nint south, Vector512<float> value)
    {
        Simd.AddTo(north, value.GetLower());
        Simd.AddTo(north + south, value.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(float* memory, int count, Vector512<float> value) =>
        Simd.WideStoreFirst(Vector512.Load(memory) + value, memory, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Mix(Vector512<float> t, Vector512<float> a, Vector512<float> b) =>
        Vector512.FusedMultiplyAdd(t, b, (Vector512<float>.One - t) * a);

    // Lane i of quarter k, in all lanes of quarter i.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Spread0(Vector512<float> value) =>
        Avx512F.PermuteVar16x32(value, Vector512.Create(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Spread1(Vector512<float> value) =>
        Avx512F.PermuteVar16x32(value, Vector512.Create(4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 7, 7, 7, 7));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Spread2(Vector512<float> value) =>
        Avx512F.PermuteVar16x32(value, Vector512.Create(8, 8, 8, 8, 9, 9, 9, 9, 10, 10, 10, 10, 11, 11, 11, 11));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Spread3(Vector512<float> value) =>
        Avx512F.PermuteVar16x32(value, Vector512.Create(12, 12, 12, 12, 13, 13, 13, 13, 14, 14, 14, 14, 15, 15, 15, 15));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Quarter0(Vector512<float> value) => Avx512F.Shuffle4x128(value, value, 0b00_00_00_00);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Quarter1(Vector512<float> value) => Avx512F.Shuffle4x128(value, value, 0b01_01_01_01);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Quarter2(Vector512<float> value) => Avx512F.Shuffle4x128(value, value, 0b10_10_10_10);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Quarter3(Vector512<float> value) => Avx512F.Shuffle4x128(value, value, 0b11_11_11_11);
}
