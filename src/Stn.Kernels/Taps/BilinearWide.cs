using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary><see cref="BilinearChannels"/> of 16 channels from <see cref="WideCells"/>, 16 points a block; the same sums.</summary>
internal static unsafe class BilinearWide
{
    /// <summary>The points that are taken at a time.</summary>
    public const int Block = Lanes;

    private const int Lanes = 16;

    /// <summary>Writes V of a run of points in 16 planes, <paramref name="stride"/> values apart; past the caches where all of it is large.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(
        float* cells, int columns, int* index, in Staged<float> staged, int start, int count, float* output, nint stride,
        bool large, PlanesAhead ahead)
    {
        var weights = Scratch.Current.Take<float>(Slot.Weights, (4 * Lanes) + Simd.WideBlock);
        var values = weights + (4 * Lanes);
        var all = Vector512<float>.AllBitsSet;
        var streams = large && Simd.FillLines(output, stride);
        index += start;
        for (var i = 0; i < count; i += Lanes)
        {
            ahead.Fetch();
            Weigh(staged, start + i, weights);
            for (var point = 0; point < Lanes; point++)
            {
                var north = cells + (Lanes * (nint)index[i + point]);
                var south = north + (Lanes * (nint)columns);
                var upper = Vector512.Create(weights[point]) * Vector512.Load(north);
                var lower = Vector512.Create(weights[(2 * Lanes) + point]) * Vector512.Load(south);
                upper = Vector512.FusedMultiplyAdd(Vector512.Create(weights[Lanes + point]), Vector512.Load(north + Lanes), upper);
                lower = Vector512.FusedMultiplyAdd(Vector512.Create(weights[(3 * Lanes) + point]), Vector512.Load(south + Lanes), lower);
                (upper + lower).Store(values + (Lanes * point));
            }

            Simd.WideTranspose(values, Lanes, all, Vector512<float>.Zero, output + i, stride, count - i, streams);
            if (!streams)
                WideCells.PrefetchRows(output + i + (Lanes * stride), stride);
        }

        if (streams)
            Sse.StoreFence();
    }

    /// <summary>Adds to the gradients of the positions, and to the accumulators of the pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<TWanted>(
        float* cells, float* accumulators, int columns, int* index, in Staged<float> staged, int start, int count, float* amounts,
        nint stride, PlanesAhead ahead)
        where TWanted : IWanted
    {
        var weights = Scratch.Current.Take<float>(Slot.Weights, (4 * Lanes) + (3 * Simd.WideBlock));
        var block = weights + (4 * Lanes);
        index += start;
        for (var i = 0; i < count; i += Lanes)
        {
            Simd.WideTranspose(amounts + i, stride, Simd.WideInside(0, count - i), Vector512<float>.Zero, block, Lanes, Lanes);
            WideCells.PrefetchRows(amounts + i + (Lanes * stride), stride);
            ahead.Fetch();
            if (TWanted.Positions)
                Slopes(cells, columns, index + i, staged, start + i, count - i, block);
            if (!TWanted.Image)
                continue;
            Weigh(staged, start + i, weights);
            for (var point = 0; point < Lanes; point++)
            {
                var amount = Vector512.Load(block + (Lanes * point));
                var north = accumulators + (Lanes * (nint)index[i + point]);
                var south = north + (Lanes * (nint)columns);
                AddTo(north, Vector512.Create(weights[point]), amount);
                AddTo(north + Lanes, Vector512.Create(weights[Lanes + point]), amount);
                AddTo(south, Vector512.Create(weights[(2 * Lanes) + point]), amount);
                AddTo(south + Lanes, Vector512.Create(weights[(3 * Lanes) + point]), amount);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Weigh(in Staged<float> staged, int at, float* weights)
    {
        var (x, y, one) = (Vector512.Load(staged.X + at), Vector512.Load(staged.Y + at), Vector512<float>.One);
        ((one - x) * (one - y)).Store(weights);
        (x * (one - y)).Store(weights + Lanes);
        ((one - x) * y).Store(weights + (2 * Lanes));
        (x * y).Store(weights + (3 * Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Slopes(float* cells, int columns, int* index, in Staged<float> staged, int at, int count, float* block)
    {
        for (var point = 0; point < Lanes; point++)
        {
            var amount = Vector512.Load(block + (Lanes * point));
            var north = cells + (Lanes * (nint)index[point]);
            var south = north + (Lanes * (nint)columns);
            var (nw, ne) = (Vector512.Load(north), Vector512.Load(north + Lanes));
            var (sw, se) = (Vector512.Load(south), Vector512.Load(south + Lanes));
            var (upper, lower, left) = (ne - nw, se - sw, sw - nw);
            var turn = lower - upper;
            var (x, y) = (Vector512.Create(staged.X[at + point]), Vector512.Create(staged.Y[at + point]));
            (amount * Vector512.FusedMultiplyAdd(y, turn, upper)).Store(block + Simd.WideBlock + (Lanes * point));
            (amount * Vector512.FusedMultiplyAdd(x, turn, left)).Store(block + (2 * Simd.WideBlock) + (Lanes * point));
        }

        AddFirst(staged.GradientX + at, Simd.WideSumRows(block + Simd.WideBlock), count);
        AddFirst(staged.GradientY + at, Simd.WideSumRows(block + (2 * Simd.WideBlock)), count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(float* memory, Vector512<float> a, Vector512<float> b) =>
        Vector512.FusedMultiplyAdd(a, b, Vector512.Load(memory)).Store(memory);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFirst(float* memory, Vector512<float> value, int count) =>
        Simd.WideStoreFirst(Vector512.Load(memory) + value, memory, count);
}
