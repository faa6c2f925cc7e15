using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary><see cref="Window.Stage"/> for taps that take 16 points at a time (<see cref="Simd.IsWide"/>).</summary>
internal static unsafe class WideStage
{
    private const int Lanes = 16;

    /// <summary>
    /// Replaces positions by fractions within cells, and returns the number of each point's cell within the window, times
    /// 2^<paramref name="shift"/>. Points after the last, which fill a vector, lie in cell 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int* Run(in Window window, in Staged<float> staged, Volume source, int shift)
    {
        var index = Scratch.Current.Take<int>(Slot.Index, staged.Length + Lanes);
        var low = Vector512.Create(Footprint.Linear.Outermost);
        var (highX, highY) = (Vector512.Create(Footprint.Linear.High(source.Width)), Vector512.Create(Footprint.Linear.High(source.Height)));
        var (firstX, firstY) = (Vector512.Create(window.X), Vector512.Create(window.Y));
        var pitch = Vector512.Create(window.Columns);
        // A run may start in the middle of a vector, and its last one then reaches half of one beyond the last point.
        for (var i = 0; i < staged.Length + Tile.Lanes; i += Lanes)
        {
            var row = Split(staged.Y + i, low, highY) - firstY;
            var column = Split(staged.X + i, low, highX) - firstX;
            var cell = ((row * pitch) + column) << shift;
            (cell & Simd.WideInside(0, staged.Length - i).AsInt32()).Store(index + i);
        }

        return index;
    }

    // The clamp to the outermost place, where all taps are padding, takes NaN as well: Max returns its second operand then.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Split(float* position, Vector512<float> low, Vector512<float> high)
    {
        var clamped = Avx512F.Min(Avx512F.Max(Vector512.Load(position), low), high);
        var cell = Vector512.Floor(clamped);
        (clamped - cell).Store(position);
        return Avx512F.ConvertToVector512Int32WithTruncation(cell);
    }
}
