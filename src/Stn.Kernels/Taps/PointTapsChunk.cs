using System.Numerics;
using System.Runtime.CompilerServices;
using Stn.Kernels.Reference;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>
/// The taps of some consecutive points of a tile, as many as a fixed room holds: usually all, so that the weights are computed
/// once for all channels. Only kernels so wide that their weights cost little beside their sums do not fit.
/// </summary>
internal unsafe ref struct PointTapsChunk<T>(
    in Work<T> work, in Tile tile, in Staged<T> staged, LocalScales<T> scales, AlignCorners align, PaddingMode mode, bool slopes)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Room = 1 << 18;
    private const int MostPoints = 1 << 13;
    private readonly Tile tile = tile;
    private readonly Staged<T> staged = staged;
    private readonly (int Width, int Height) source = (work.Source.Width, work.Source.Height);
    private PointTaps<T>* points;
    private T* tables;
    private int used;
    private int start;

    /// <summary>How many points the chunk holds.</summary>
    public int Count { get; private set; }

    /// <summary>Point <paramref name="index"/> of the chunk.</summary>
    public readonly ref PointTaps<T> this[int index] => ref points[index];

    /// <summary>Holds the chunk that begins with a point of the tile, counted run by run; it may do so already.</summary>
    /// <returns>The first point of the next chunk, or 0 if this is the last one.</returns>
    public int Fill(int from)
    {
        var all = tile.Runs * tile.RunLength;
        if (Count == 0 || start != from)
            Stage(from, all);
        return start + Count == all ? 0 : start + Count;
    }

    /// <summary>The slopes of a table of <paramref name="count"/> weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T* Slopes(T* table, int count) => table + Tile.RoundUp(count);

    private void Stage(int from, int all)
    {
        points = Scratch.Current.Take<PointTaps<T>>(Slot.Points, Math.Min(all, MostPoints));
        tables = Scratch.Current.Take<T>(Slot.Weights, Math.Max(Room, 2 * (Need(source.Width) + Need(source.Height))));
        (start, Count, used) = (from, 0, 0);
        for (var point = from; point < all && Count < MostPoints; point++)
        {
            var (run, column) = Math.DivRem(point, tile.RunLength);
            var at = tile.StagedStart(run) + column;
            if (Count > 0 && used + Need(source.Width, scales.X[at]) + Need(source.Height, scales.Y[at]) > Room)
                return;
            Add(at, tile.TargetStart(run) + column);
        }
    }

    // Neighbours often share a row or a column of taps: all points of a row do in a plain shrink.
    private void Add(int at, int target)
    {
        ref var next = ref points[Count];
        var before = Count == 0 ? at : points[Count - 1].Staged;
        next = Count == 0 ? default : points[Count - 1];
        (next.Staged, next.Target) = (at, target);
        if (Count == 0 || !Same(staged.X, scales.X, at, before))
            next.X = Weigh(staged.X[at], scales.X[at], source.Width, out next.Across);
        if (Count == 0 || !Same(staged.Y, scales.Y, at, before))
            next.Y = Weigh(staged.Y[at], scales.Y[at], source.Height, out next.Down);
        Count++;
    }

    private AxisWeights<T> Weigh(T position, T scale, int size, out T* table)
    {
        table = tables + used;
        var most = Need(size, scale) / 2;
        var own = slopes ? new Span<T>(table + most, most) : default;
        var read = AntiAliasedReference.Weights(position, scale, size, align, mode, new Span<T>(table, most), own);
        var length = Tile.RoundUp(read.Count);
        new Span<T>(table + read.Count, length - read.Count).Clear();
        used += length;
        if (!slopes)
            return read;
        own[..read.Count].CopyTo(new Span<T>(table + length, read.Count));
        new Span<T>(table + length + read.Count, length - read.Count).Clear();
        used += length;
        return read;
    }

    // The room of an axis' weights and slopes: no kernel reads more than the axis has.
    private static int Need(int size, T scale) =>
        Need((int)Math.Min(size, (2 * Math.Min(double.CreateTruncating(scale), size)) + 3));

    private static int Need(int count) => 2 * Tile.RoundUp(count);

    private static bool Same(T* positions, T* of, int at, int before) => positions[at] == positions[before] && of[at] == of[before];
}
