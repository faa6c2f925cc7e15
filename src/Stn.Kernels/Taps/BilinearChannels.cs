using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>
/// Bilinear taps of 8 channels from <see cref="ChannelCells"/>: lane i is channel i, one point after the other. 8 points make
/// a block that is transposed between (point, channel) and the planes of V.
/// </summary>
/// <remarks>
/// V = Σ w·tap with w = (1 − x)(1 − y), x(1 − y), (1 − x)y, xy; the gradients are those of <see cref="BilinearPairs"/>, summed
/// over the lanes for the positions. The last block of a run is whole as well: slack points are computed with ∂V = 0.
/// </remarks>
internal static unsafe class BilinearChannels
{
    private const int Lanes = 8;
    private const int Block = Lanes * Lanes;

    /// <summary>Writes V of a run of points in 8 planes, <paramref name="stride"/> values apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(
        float* cells, int columns, int* index, in Staged<float> staged, int start, int count, float* output, int stride)
    {
        var weights = Scratch.Current.Take<float>(Slot.Weights, (4 * Lanes) + Block);
        var values = weights + (4 * Lanes);
        index += start;
        for (var i = 0; i < count; i += Lanes)
        {
            Weigh(staged, start + i, weights);
            for (var point = 0; point < Lanes; point++)
            {
                var north = cells + (Lanes * (nint)index[i + point]);
                var south = north + (Lanes * (nint)columns);
                var upper = Vector256.Create(weights[point]) * Vector256.Load(north);
                var lower = Vector256.Create(weights[16 + point]) * Vector256.Load(south);
                upper = Simd.MultiplyAdd(Vector256.Create(weights[8 + point]), Vector256.Load(north + Lanes), upper);
                lower = Simd.MultiplyAdd(Vector256.Create(weights[24 + point]), Vector256.Load(south + Lanes), lower);
                (upper + lower).Store(values + (Lanes * point));
            }

            Simd.TransposeTo(values, output + i, stride, count - i);
            Simd.Prefetch8(output + i + (Lanes * (nint)stride), stride);
        }
    }

    /// <summary>Adds to the gradients of the positions, and to the accumulators of the pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<TWanted>(
        float* cells, float* accumulators, int columns, int* index, in Staged<float> staged, int start, int count, float* amounts,
        int stride)
        where TWanted : IWanted
    {
        var weights = Scratch.Current.Take<float>(Slot.Weights, (4 * Lanes) + (3 * Block));
        var block = weights + (4 * Lanes);
        index += start;
        for (var i = 0; i < count; i += Lanes)
        {
            Simd.TransposeFrom(amounts + i, stride, block, count - i);
            Simd.Prefetch8(amounts + i + (Lanes * (nint)stride), stride);
            if (TWanted.Positions)
                Slopes(cells, columns, index + i, staged, start + i, block);
            if (!TWanted.Image)
                continue;
            Weigh(staged, start + i, weights);
            for (var point = 0; point < Lanes; point++)
            {
                var amount = Vector256.Load(block + (Lanes * point));
                var north = accumulators + (Lanes * (nint)index[i + point]);
                var south = north + (Lanes * (nint)columns);
                Simd.AddTo(north, Vector256.Create(weights[point]), amount);
                Simd.AddTo(north + Lanes, Vector256.Create(weights[8 + point]), amount);
                Simd.AddTo(south, Vector256.Create(weights[16 + point]), amount);
                Simd.AddTo(south + Lanes, Vector256.Create(weights[24 + point]), amount);
            }
        }
    }

    // The weights of nw, ne, sw and se, 8 points each.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Weigh(in Staged<float> staged, int at, float* weights)
    {
        var (x, y, one) = (Vector256.Load(staged.X + at), Vector256.Load(staged.Y + at), Vector256<float>.One);
        ((one - x) * (one - y)).Store(weights);
        (x * (one - y)).Store(weights + 8);
        ((one - x) * y).Store(weights + 16);
        (x * y).Store(weights + 24);
    }

    // ∂x and ∂y of 8 points: products in (point, channel) behind the amounts in the block, then sums over the channels.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Slopes(float* cells, int columns, int* index, in Staged<float> staged, int at, float* block)
    {
        for (var point = 0; point < Lanes; point++)
        {
            var amount = Vector256.Load(block + (Lanes * point));
            var north = cells + (Lanes * (nint)index[point]);
            var south = north + (Lanes * (nint)columns);
            var (nw, ne) = (Vector256.Load(north), Vector256.Load(north + Lanes));
            var (sw, se) = (Vector256.Load(south), Vector256.Load(south + Lanes));
            var (upper, lower, left) = (ne - nw, se - sw, sw - nw);
            var turn = lower - upper;
            var (x, y) = (Vector256.Create(staged.X[at + point]), Vector256.Create(staged.Y[at + point]));
            (amount * Simd.MultiplyAdd(y, turn, upper)).Store(block + Block + (Lanes * point));
            (amount * Simd.MultiplyAdd(x, turn, left)).Store(block + (2 * Block) + (Lanes * point));
        }

        Simd.AddTo(staged.GradientX + at, Simd.SumRows(block + Block));
        Simd.AddTo(staged.GradientY + at, Simd.SumRows(block + (2 * Block)));
    }
}
