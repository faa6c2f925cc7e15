using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>
/// Trilinear taps of one channel from <see cref="PairCells"/>, 8 points at a time: the four taps of a cell in a slice and the
/// four of the cell behind it, <c>slice</c> cells on, are two 128-bit loads a point.
/// </summary>
/// <remarks>
/// With f and b the bilinear values in front and behind: V = (1 − z)·f + z·b, ∂z = ∂V·(b − f), ∂x and ∂y mix those of both
/// slices by z, and ∂U adds (1 − z)·∂V in front and z·∂V behind. Remainders as in <see cref="BilinearPairs"/>.
/// </remarks>
internal static unsafe class TrilinearPairs
{
    /// <summary>Writes V of a run of points, staged from <paramref name="start"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(float* cells, int slice, int* index, in Staged<float> staged, int start, int count, float* output, nint next)
    {
        var behind = cells + (2 * (nint)slice);
        index += start;
        for (var i = 0; i < count; i += 8)
        {
            var (x, y) = (Vector256.Load(staged.X + start + i), Vector256.Load(staged.Y + start + i));
            PairCells.Load(cells, index + i, out var nw, out var ne, out var sw, out var se);
            var front = BilinearPairs.Value(nw, ne, sw, se, x, y);
            PairCells.Load(behind, index + i, out nw, out ne, out sw, out se);
            var back = BilinearPairs.Value(nw, ne, sw, se, x, y);
            Simd.StoreFirst(BilinearPairs.Mix(Vector256.Load(staged.Z + start + i), front, back), output + i, count - i);
            Simd.Prefetch(output + i + next);
        }
    }

    /// <summary>Adds to the gradients of the positions, and to the accumulators of the cells.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<TWanted>(
        float* cells, float* accumulators, int slice, int* index, in Staged<float> staged, int start, int count, float* amounts, nint next)
        where TWanted : IWanted
    {
        index += start;
        for (var i = 0; i < count; i += 8)
        {
            var at = start + i;
            var amount = Simd.LoadFirst(amounts + i, count - i);
            Simd.Prefetch(amounts + i + next);
            var (x, y, z) = (Vector256.Load(staged.X + at), Vector256.Load(staged.Y + at), Vector256.Load(staged.Z + at));
            if (TWanted.Positions)
            {
                PairCells.Load(cells, index + i, out var nw, out var ne, out var sw, out var se);
                var front = BilinearPairs.Value(nw, ne, sw, se, x, y);
                var (frontX, frontY) = (BilinearPairs.Mix(y, ne - nw, se - sw), BilinearPairs.Mix(x, sw - nw, se - ne));
                PairCells.Load(cells + (2 * (nint)slice), index + i, out nw, out ne, out sw, out se);
                var back = BilinearPairs.Value(nw, ne, sw, se, x, y);
                Simd.AddTo(staged.GradientX + at, amount * BilinearPairs.Mix(z, frontX, BilinearPairs.Mix(y, ne - nw, se - sw)));
                Simd.AddTo(staged.GradientY + at, amount * BilinearPairs.Mix(z, frontY, BilinearPairs.Mix(x, sw - nw, se - ne)));
                Simd.AddTo(staged.GradientZ + at, amount * (back - front));
            }

            if (TWanted.Image)
            {
                var behind = z * amount;
                BilinearPairs.Scatter(accumulators, index + i, x, y, (Vector256<float>.One - z) * amount);
                BilinearPairs.Scatter(accumulators + (4 * (nint)slice), index + i, x, y, behind);
            }
        }
    }
}
