using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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
        index = Scratch.Current.Take<int>(Slot.Index, staged.Length + Staged<float>.Slack);
        x = Scratch.Current.Take<float>(Slot.PlaceX, staged.Length + Staged<float>.Slack);
        y = Scratch.Current.Take<float>(Slot.PlaceY, staged.Length + Staged<float>.Slack);
        z = Scratch.Current.Take<float>(Slot.PlaceZ, staged.Length + Staged<float>.Slack);
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

    private void Stage(in Staged<float> staged, Volume source, float* volume)
    {
        if (Simd.IsWide)
            Stage<Lanes512<float>>(staged, source, volume);
        else
            Stage<Lanes256<float>>(staged, source, volume);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Stage<TLanes>(in Staged<float> staged, Volume source, float* volume)
        where TLanes : struct, ILanes<TLanes, float>
    {
        var (lastX, lastY) = (TLanes.All(source.Width - 2f), TLanes.All(source.Height - 2f));
        var lastZ = TLanes.All(source.Depth - 2f);
        var (pitch, area) = (TLanes.All(width), TLanes.All(slice));
        for (var i = 0; i < staged.Length; i += TLanes.Count)
        {
            var column = PlaneCells.Split(staged.X + i, lastX, x + i);
            var row = PlaneCells.Split(staged.Y + i, lastY, y + i);
            var depth = PlaneCells.Split(staged.Z + i, lastZ, z + i);
            TLanes.MultiplyAdd(depth, area, TLanes.MultiplyAdd(row, pitch, column)).StoreIntegers(index + i);
            for (var point = i; point < i + TLanes.Count; point += Tile.Lanes)
            {
                Simd.Prefetch(volume + index[point]);
                Simd.Prefetch(volume + index[point] + slice);
            }
        }
    }
}
