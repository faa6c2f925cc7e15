using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>The bilinear values of a tile straight from the planes of the source, see <see cref="PlaneCells"/>.</summary>
/// <remarks>The gradients are faster from a <see cref="LinearWindow"/>, whose frame makes their slopes simple.</remarks>
internal static unsafe class PlaneBilinear
{
    /// <summary>Writes the tile's V; false, with some of it written, if a value was not finite or the planes do not fit.</summary>
    public static bool TryForward(in Work<float> work, in Tile tile, in Staged<float> staged)
    {
        if (!PlaneCells.Fit(work.Source))
            return false;
        var index = Scratch.Current.Take<int>(Slot.Index, staged.Length + Staged<float>.Slack);
        var x = Scratch.Current.Take<float>(Slot.PlaceX, staged.Length + Staged<float>.Slack);
        var y = Scratch.Current.Take<float>(Slot.PlaceY, staged.Length + Staged<float>.Slack);
        PlaneCells.Stage(staged, work.Source, work.ImagePlane(0), index, x, y);
        for (var channel = 0; channel < work.Channels; channel++)
        {
            for (var run = 0; run < tile.Runs; run++)
            {
                var start = tile.StagedStart(run);
                if (!Forward(
                    work.ImagePlane(channel), work.Source, index + start, x + start, y + start, tile.RunLength,
                    work.OutputPlane(channel) + tile.TargetStart(run), tile.Ahead(1)))
                    return false;
            }
        }

        return true;
    }

    // While a channel is read, the next one's pixels, in the same places, are fetched. A sum of 0·V is not 0 if V is not finite.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Forward(float* plane, Volume source, int* index, float* x, float* y, int count, float* output, nint next)
    {
        var (width, strange) = ((nint)source.Width, Vector256<float>.Zero);
        var below = plane + source.Length + source.Width;
        for (var i = 0; i < count; i += 8)
        {
            var (west, east) = PlaneCells.Weights(Vector256.Load(x + i));
            var (north, south) = PlaneCells.Weights(Vector256.Load(y + i));
            PlaneCells.Load(plane, width, index + i, out var nw, out var ne, out var sw, out var se);
            Simd.Prefetch(below + index[i]);
            var upper = Simd.MultiplyAdd(east, ne, west * nw);
            var lower = Simd.MultiplyAdd(east, se, west * sw);
            var value = Simd.MultiplyAdd(south, lower, north * upper);
            strange = Simd.MultiplyAdd(value, Vector256<float>.Zero, strange);
            Simd.StoreFirst(value, output + i, count - i);
            Simd.Prefetch(output + i + next);
        }

        return strange == Vector256<float>.Zero;
    }
}
