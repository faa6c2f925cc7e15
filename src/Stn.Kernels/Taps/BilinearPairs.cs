using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Stn.Kernels.Warps;

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
/// counts as 0, and nothing of them is written to the output. The same place of the next plane, <c>next</c> values on, is
/// fetched meanwhile.
/// </remarks>
internal static unsafe class BilinearPairs
{
    /// <summary>Writes V of a run of points, staged from <paramref name="start"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(float* cells, int* index, in Staged<float> staged, int start, int count, float* output, nint next)
    {
        var x = staged.X + start;
        var y = staged.Y + start;
        index += start;
        for (var i = 0; i < count; i += 8)
        {
            PairCells.Load(cells, index + i, out var nw, out var ne, out var sw, out var se);
            var value = Value(nw, ne, sw, se, Vector256.Load(x + i), Vector256.Load(y + i));
            Simd.StoreFirst(value, output + i, count - i);
            Simd.Prefetch(output + i + next);
        }
    }

    /// <summary>Adds to the gradients of the positions, and to the accumulators of the cells.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<TWanted>(
        float* cells, float* accumulators, int* index, in Staged<float> staged, int start, int count, float* amounts, nint next)
        where TWanted : IWanted
    {
        var x = staged.X + start;
        var y = staged.Y + start;
        var gradientX = staged.GradientX + start;
        var gradientY = staged.GradientY + start;
        index += start;
        for (var i = 0; i < count; i += 8)
        {
            var amount = Simd.LoadFirst(amounts + i, count - i);
            Simd.Prefetch(amounts + i + next);
            var (right, below) = (Vector256.Load(x + i), Vector256.Load(y + i));
            if (TWanted.Positions)
            {
                PairCells.Load(cells, index + i, out var nw, out var ne, out var sw, out var se);
                Simd.AddTo(gradientX + i, amount * Mix(below, ne - nw, se - sw));
                Simd.AddTo(gradientY + i, amount * Mix(right, sw - nw, se - ne));
            }

            if (TWanted.Image)
                Scatter(accumulators, index + i, right, below, amount);
        }
    }

    /// <summary>(1 − t)·a + t·b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Mix(Vector256<float> t, Vector256<float> a, Vector256<float> b) =>
        Simd.MultiplyAdd(t, b, (Vector256<float>.One - t) * a);

    /// <summary>V of 8 points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Value(
        Vector256<float> nw, Vector256<float> ne, Vector256<float> sw, Vector256<float> se, Vector256<float> x, Vector256<float> y) =>
        Mix(y, Mix(x, nw, ne), Mix(x, sw, se));

    /// <summary>Adds ∂V of 8 points to their cells.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scatter(float* accumulators, int* index, Vector256<float> x, Vector256<float> y, Vector256<float> amount)
    {
        var left = Vector256<float>.One - x;
        var lower = y * amount;
        var upper = (Vector256<float>.One - y) * amount;
        PairCells.Add(accumulators, index, left * upper, x * upper, left * lower, x * lower);
    }
}
