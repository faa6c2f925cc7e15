using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Points;

/// <summary>
/// The basis functions at some staged points of a tile, copied into a thread's scratch memory in the order in which they are read:
/// for the images that follow, and for both products of a backward pass, they lie in the second-level cache.
/// </summary>
/// <remarks>
/// <code>
/// panel 0: | B_1 at points 0 … 63 | B_2 at them | … | B_K |    panel 1: | B_1 at points 64 … 127 | …
/// </code>
/// Read where they are, K rows at the same place of planes that often lie a multiple of 4096 bytes apart would share one set of
/// the first-level cache, and vectors would lie across cache lines.
/// </remarks>
internal static unsafe class PackedBasis
{
    /// <summary>The points of a panel.</summary>
    public const int Panel = 64;

    // Values that are read again are kept for a whole tile if K is not large; others only as far as the first-level cache holds.
    private const int MostValues = 1 << 18;
    private const int MostValuesReadOnce = 1 << 13;

    private static long calls;

    // What the thread's copy holds.
    [ThreadStatic]
    private static (long Call, Tile Tile, int First) current;

    /// <summary>A number for one call of a kernel: the functions are the same ones as long as it is the same.</summary>
    public static long NextCall() => Interlocked.Increment(ref calls);

    /// <summary>How many points go together.</summary>
    /// <param name="functions">K.</param>
    /// <param name="again">Whether the copy of a tile will be read more than once.</param>
    public static int Points(int functions, bool again) =>
        Panel * Math.Max(1, (again ? MostValues : MostValuesReadOnce) / (Panel * Math.Max(1, functions)));

    /// <summary>The panels of <paramref name="points"/> staged points from <paramref name="first"/> on; slack is 0.</summary>
    public static T* Of<T>(T* basis, int functions, Volume target, in Tile tile, int first, int points, long call)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var panels = Scratch.Current.Take<T>(Slot.Basis, points * functions);
        if (current == (call, tile, first))
            return panels;
        current = default;
        var (end, withSlack) = (points - Panel, tile.Runs > 1 && tile.RunLength < tile.RowPitch);
        new Span<T>(panels + (withSlack ? 0 : (long)end * functions), (withSlack ? points : Panel) * functions).Clear();
        for (var run = 0; run < tile.Runs; run++)
        {
            var start = tile.StagedStart(run);
            var (from, to) = (Math.Max(start, first), Math.Min(start + tile.RunLength, first + points));
            for (var k = 0; from < to && k < functions; k++)
            {
                var values = basis + ((long)k * target.Length) + tile.TargetStart(run) + (from - start);
                Copy(values, panels + (k * Panel), functions * Panel, from - first, to - first, run < tile.Runs - 1 ? target.Width : 0);
            }
        }

        current = (call, tile, first);
        return panels;
    }

    /// <summary><paramref name="count"/> rounded up to whole panels.</summary>
    public static int RoundUp(int count) => (count + Panel - 1) & ~(Panel - 1);

    // Points from … to of one function, panel by panel; the same points of the next row, so many values on, are fetched.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy<T>(T* values, T* panels, int pitch, int from, int to, int next)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        while (from < to)
        {
            var count = Math.Min(Panel - (from % Panel), to - from);
            var panel = panels + ((long)(from / Panel) * pitch) + (from % Panel);
            var i = 0;
            for (; Simd.IsVector<T>() && i <= count - Vector256<T>.Count; i += Vector256<T>.Count)
            {
                Vector256.Load(values + i).Store(panel + i);
                Simd.Prefetch((float*)(values + i + next));
            }

            for (; i < count; i++)
                panel[i] = values[i];
            from += count;
            values += count;
        }
    }
}
