using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>
/// The cells of 2×2×2 voxels of a volume as it lies in memory, 8 points at a time: <see cref="PlaneCells"/> with a third axis.
/// </summary>
/// <remarks>A copy with a frame would be larger than what is read of it, and with its indices fill the second-level cache.</remarks>
internal readonly unsafe struct VolumeCells
{
    private readonly int* index;
    private readonly float* x;
    private readonly float* y;
    private readonly float* z;
    private readonly nint width;
    private readonly nint slice;

    /// <summary>Finds the cell of each point, and fetches those of <paramref name="volume"/>, which is read next. The positions stay.</summary>
    /// <remarks>NaN goes to a last cell, with a place of NaN.</remarks>
    public VolumeCells(in Staged<float> staged, Volume source, float* volume)
    {
        index = Scratch.Current.Take<int>(Slot.Index, staged.Length);
        x = Scratch.Current.Take<float>(Slot.PlaceX, staged.Length);
        y = Scratch.Current.Take<float>(Slot.PlaceY, staged.Length);
        z = Scratch.Current.Take<float>(Slot.PlaceZ, staged.Length);
        width = source.Width;
        slice = (nint)source.Width * source.Height;
        Stage(staged, source, volume);
    }

    /// <summary>Whether a volume has such cells.</summary>
    public static bool Fit(Volume source) => source.Depth >= 2 && PlaneCells.Fit(source);

    /// <summary>The places of 8 points within their cells: in [0, 1) for points inside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector256<float> X, Vector256<float> Y, Vector256<float> Z) Places(int at) =>
        (Vector256.Load(x + at), Vector256.Load(y + at), Vector256.Load(z + at));

    /// <summary>Reads the four voxels of the front, or of the back, of the cells of 8 points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Load(
        float* volume, bool back, int at, out Vector256<float> nw, out Vector256<float> ne, out Vector256<float> sw,
        out Vector256<float> se) =>
        PlaneCells.Load(back ? volume + slice : volume, width, index + at, out nw, out ne, out sw, out se);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Stage(in Staged<float> staged, Volume source, float* volume)
    {
        var (lastX, lastY) = (Vector256.Create(source.Width - 2f), Vector256.Create(source.Height - 2f));
        var lastZ = Vector256.Create(source.Depth - 2f);
        var (pitch, area) = (Vector256.Create((float)width), Vector256.Create((float)slice));
        for (var i = 0; i < staged.Length; i += Vector256<float>.Count)
        {
            var column = Split(staged.X + i, lastX, x + i);
            var row = Split(staged.Y + i, lastY, y + i);
            var depth = Split(staged.Z + i, lastZ, z + i);
            var cell = Simd.MultiplyAdd(depth, area, Simd.MultiplyAdd(row, pitch, column));
            Avx.ConvertToVector256Int32WithTruncation(cell).Store(index + i);
            Simd.Prefetch(volume + index[i]);
            Simd.Prefetch(volume + index[i] + slice);
        }
    }

    // The nearest cell along an axis; writes the place in it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Split(float* position, Vector256<float> last, float* place)
    {
        var at = Vector256.Load(position);
        var cell = Avx.Max(Avx.Min(Vector256.Floor(at), last), Vector256<float>.Zero);
        (at - cell).Store(place);
        return cell;
    }
}
