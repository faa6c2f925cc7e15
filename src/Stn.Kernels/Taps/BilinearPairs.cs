using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Stn.Kernels.Taps;

/// <summary>Bilinear taps of one channel from <see cref="PairCells"/>, 8 points at a time; lane i is point i.</summary>
/// <remarks>
/// <code>
/// V  = (1 − y)·((1 − x)·nw + x·ne) + y·((1 − x)·sw + x·se)         x, y: fractions within the cell
/// ∂x = ∂V·((1 − y)·(ne − nw) + y·(se − sw))
/// ∂y = ∂V·((1 − x)·(sw − nw) + x·(se − ne))
/// ∂nw = (1 − x)(1 − y)·∂V   and so on for ∂U
/// </code>
/// The last points of a run are done in a full vector, whose other lanes are slack: they are read and computed, their ∂V
/// counts as 0, and nothing of them is written to the output.
/// </remarks>
internal static unsafe class BilinearPairs
{
    /// <summary>Writes V of a run of points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(float* cells, int* index, float* x, float* y, int count, float* output)
    {
        for (var i = 0; i < count; i += 8)
        {
            PairCells.Load(cells, index + i, out var nw, out var ne, out var sw, out var se);
            var (right, below) = (Vector256.Load(x + i), Vector256.Load(y + i));
            var left = Vector256<float>.One - right;
            var upper = Simd.MultiplyAdd(right, ne, left * nw);
            var lower = Simd.MultiplyAdd(right, se, left * sw);
            var value = Simd.MultiplyAdd(below, lower, (Vector256<float>.One - below) * upper);
            Simd.StoreFirst(value, output + i, count - i);
        }
    }

    /// <summary>Adds to the gradients of the positions, and to the accumulators of the cells.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<TWanted>(
        float* cells, float* accumulators, int* index, float* x, float* y, int count, float* gradient, float* gradientX, float* gradientY)
        where TWanted : IWanted
    {
        for (var i = 0; i < count; i += 8)
        {
            var amount = Simd.LoadFirst(gradient + i, count - i);
            var (right, below) = (Vector256.Load(x + i), Vector256.Load(y + i));
            var (left, above) = (Vector256<float>.One - right, Vector256<float>.One - below);
            if (TWanted.Positions)
            {
                PairCells.Load(cells, index + i, out var nw, out var ne, out var sw, out var se);
                var slopeX = Simd.MultiplyAdd(below, se - sw, above * (ne - nw));
                var slopeY = Simd.MultiplyAdd(right, se - ne, left * (sw - nw));
                Simd.MultiplyAdd(amount, slopeX, Vector256.Load(gradientX + i)).Store(gradientX + i);
                Simd.MultiplyAdd(amount, slopeY, Vector256.Load(gradientY + i)).Store(gradientY + i);
            }

            if (TWanted.Image)
            {
                var (upper, lower) = (above * amount, below * amount);
                PairCells.Add(accumulators, index + i, left * upper, right * upper, left * lower, right * lower);
            }
        }
    }
}
