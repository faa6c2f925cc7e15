using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>The trilinear values of a tile straight from the volumes of the source, see <see cref="VolumeCells"/>.</summary>
/// <remarks>The gradients are no faster so: the slopes at the border cost what the copy of a <see cref="LinearWindow"/> does.</remarks>
internal static unsafe class PlaneTrilinear
{
    /// <summary>Writes the tile's V; false, with some of it written, if a value was not finite or the volumes do not fit.</summary>
    public static bool TryForward(in Work<float> work, in Tile tile, in Staged<float> staged)
    {
        if (!VolumeCells.Fit(work.Source))
            return false;
        var cells = new VolumeCells(staged, work.Source, work.ImagePlane(0));
        for (var channel = 0; channel < work.Channels; channel++)
        {
            for (var run = 0; run < tile.Runs; run++)
            {
                var output = work.OutputPlane(channel) + tile.TargetStart(run);
                if (!Forward(cells, work.ImagePlane(channel), tile.StagedStart(run), tile.RunLength, output, tile.Ahead(1)))
                    return false;
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Forward(VolumeCells cells, float* volume, int start, int count, float* output, nint next)
    {
        var strange = Vector256<float>.Zero;
        for (var i = 0; i < count; i += 8)
        {
            var (x, y, z) = cells.Places(start + i);
            var (west, east) = PlaneCells.Weights(x);
            var (north, south) = PlaneCells.Weights(y);
            var (front, back) = PlaneCells.Weights(z);
            cells.Load(volume, back: false, start + i, out var nw, out var ne, out var sw, out var se);
            var near = Sum(north, Sum(west, nw, east, ne), south, Sum(west, sw, east, se));
            cells.Load(volume, back: true, start + i, out nw, out ne, out sw, out se);
            var far = Sum(north, Sum(west, nw, east, ne), south, Sum(west, sw, east, se));
            var value = Sum(front, near, back, far);
            strange = Simd.MultiplyAdd(value, Vector256<float>.Zero, strange);
            Simd.StoreFirst(value, output + i, count - i);
            Simd.Prefetch(output + i + next);
        }

        return strange == Vector256<float>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Sum(Vector256<float> a, Vector256<float> p, Vector256<float> b, Vector256<float> q) =>
        Simd.MultiplyAdd(b, q, a * p);
}
