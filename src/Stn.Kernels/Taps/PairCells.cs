using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>
/// A window's copy of one channel in row pairs: cell (x, y) holds the values (x, y) and (x, y + 1), so that the four taps of
/// a point, two neighbouring cells, are one 128-bit load.
/// </summary>
/// <remarks>
/// <code>
/// cells:        | nw sw | ne se | …      two floats a cell
/// accumulators: | nw sw ne se | …        four floats a cell: the gradients of the taps of all points in it
/// </code>
/// An accumulator belongs to one cell alone, so adding to it is one aligned 128-bit add; <see cref="AddTo"/> then sums
/// what belongs to each pixel.
/// </remarks>
internal static unsafe class PairCells
{
    // Room before the first accumulator: the last cell of the row before, which is always empty.
    private const int Before = 8;
    private const int RowsAhead = 4;

    /// <summary>Copies the window of <paramref name="plane"/>, one channel of the source.</summary>
    public static float* Copy(float* plane, Volume source, in Window window, float outside)
    {
        var cells = Scratch.Current.Take<float>(Slot.Window, (2 * window.Cells) + 16);
        var blank = Scratch.Current.Take<float>(Slot.Row, window.Columns + 8);
        new Span<float>(blank, window.Columns + 8).Fill(outside);
        var (first, count) = Window.Inside(window.X, window.Columns, source.Width);
        var before = first - window.X;
        var to = cells;
        // At most 4 cells of a frame lie on each side. What a store writes beyond them is written again: the row's own pixels
        // after its beginning, the next row after its end.
        var frame = Vector256.Create(outside);
        var ahead = Ahead(source, window);
        for (var z = window.Z; z < window.Z + window.Slices; z++)
        {
            for (var y = window.Y; y < window.Y + window.Rows; y++, to += 2 * window.Columns)
            {
                var upper = Row(plane, source, y, z);
                var lower = Row(plane, source, y + 1, z);
                frame.Store(to);
                Simd.PrefetchRow(upper + ahead + first, upper == null ? 0 : count);
                Interleave(upper == null ? blank : upper + first, lower == null ? blank : lower + first, count, to + (2 * before));
                frame.Store(to + (2 * (before + count)));
            }
        }

        return cells;
    }

    /// <summary>Empty accumulators for the window.</summary>
    public static float* Accumulators(in Window window)
    {
        var length = Before + (4 * window.Cells) + 32;
        var cells = Scratch.Current.Take<float>(Slot.Accumulators, length);
        new Span<float>(cells, length).Clear();
        return cells + Before;
    }

    /// <summary>Adds the accumulators of the window to <paramref name="plane"/>, the gradient of one channel.</summary>
    public static void AddTo(float* plane, Volume source, in Window window, float* accumulators)
    {
        var length = Tile.RoundUp(window.Columns);
        var carry = Scratch.Current.Take<float>(Slot.Row, 2 * length);
        var sums = carry + length;
        var (first, count) = Window.Inside(window.X, window.Columns, source.Width);
        var ahead = Ahead(source, window);
        for (var z = window.Z; z < window.Z + window.Slices; z++)
        {
            new Span<float>(carry, length).Clear();
            for (var y = window.Y; y <= window.Y + window.Rows; y++)
            {
                if (y < window.Y + window.Rows)
                    Fold(accumulators, window.Columns, carry, sums);
                else
                    InOrder(carry, length, sums);
                accumulators += y < window.Y + window.Rows ? 4 * window.Columns : 0;
                var row = Row(plane, source, y, z);
                if (row == null)
                    continue;
                Simd.PrefetchRow(row + ahead + first, count);
                Simd.Add(row + first, sums + (first - window.X), count);
            }
        }
    }

    /// <summary>The four taps of 8 points: two cells a point, transposed.</summary>
    /// <remarks>Lane i of each vector is point i; each 128-bit load is one point's (nw, sw, ne, se).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(
        float* cells, int* index, out Vector256<float> nw, out Vector256<float> ne, out Vector256<float> sw, out Vector256<float> se)
    {
        var p04 = Two(cells + (2 * (nint)index[0]), cells + (2 * (nint)index[4]));
        var p15 = Two(cells + (2 * (nint)index[1]), cells + (2 * (nint)index[5]));
        var p26 = Two(cells + (2 * (nint)index[2]), cells + (2 * (nint)index[6]));
        var p37 = Two(cells + (2 * (nint)index[3]), cells + (2 * (nint)index[7]));
        var (west01, west23) = (Avx.UnpackLow(p04, p15), Avx.UnpackLow(p26, p37));
        var (east01, east23) = (Avx.UnpackHigh(p04, p15), Avx.UnpackHigh(p26, p37));
        nw = Avx.Shuffle(west01, west23, 0b01_00_01_00);
        sw = Avx.Shuffle(west01, west23, 0b11_10_11_10);
        ne = Avx.Shuffle(east01, east23, 0b01_00_01_00);
        se = Avx.Shuffle(east01, east23, 0b11_10_11_10);
    }

    /// <summary>Adds the gradients of the four taps of 8 points, one point after the other: two may share a cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(
        float* accumulators, int* index, Vector256<float> nw, Vector256<float> ne, Vector256<float> sw, Vector256<float> se)
    {
        var (west01, west23) = (Avx.UnpackLow(nw, sw), Avx.UnpackHigh(nw, sw));
        var (east01, east23) = (Avx.UnpackLow(ne, se), Avx.UnpackHigh(ne, se));
        var p04 = Avx.Shuffle(west01, east01, 0b01_00_01_00);
        var p15 = Avx.Shuffle(west01, east01, 0b11_10_11_10);
        var p26 = Avx.Shuffle(west23, east23, 0b01_00_01_00);
        var p37 = Avx.Shuffle(west23, east23, 0b11_10_11_10);
        AddCell(accumulators + (4 * (nint)index[0]), p04.GetLower());
        AddCell(accumulators + (4 * (nint)index[1]), p15.GetLower());
        AddCell(accumulators + (4 * (nint)index[2]), p26.GetLower());
        AddCell(accumulators + (4 * (nint)index[3]), p37.GetLower());
        AddCell(accumulators + (4 * (nint)index[4]), p04.GetUpper());
        AddCell(accumulators + (4 * (nint)index[5]), p15.GetUpper());
        AddCell(accumulators + (4 * (nint)index[6]), p26.GetUpper());
        AddCell(accumulators + (4 * (nint)index[7]), p37.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Two(float* lower, float* upper) =>
        Vector256.Create(Vector128.Load(lower), Vector128.Load(upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddCell(float* cell, Vector128<float> value) => (Vector128.Load(cell) + value).Store(cell);

    // to[2i] = upper[i], to[2i + 1] = lower[i]; 8 pixels a turn, and the last 8 once more if some are left.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Interleave(float* upper, float* lower, int count, float* to)
    {
        if (count < 8)
        {
            for (var i = 0; i < count; i++)
                (to[2 * i], to[(2 * i) + 1]) = (upper[i], lower[i]);
            return;
        }

        for (var next = 0; next < count; next += 8)
        {
            var i = Math.Min(next, count - 8);
            var (a, b) = (Vector256.Load(upper + i), Vector256.Load(lower + i));
            var (low, high) = (Avx.UnpackLow(a, b), Avx.UnpackHigh(a, b));
            Avx.Permute2x128(low, high, 0x20).Store(to + (2 * i));
            Avx.Permute2x128(low, high, 0x31).Store(to + (2 * i) + 8);
        }
    }

    // One row of accumulators. The pixels above a row of cells take nw of their own cell and ne of the cell before, the
    // pixels below sw and se: these wait in carry for the next row. An unaligned load from 2 floats before a cell
    // has all four side by side: (ne se | nw sw) of one pixel. carry keeps the lane order of the shuffles.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fold(float* accumulators, int columns, float* carry, float* sums)
    {
        for (var x = 0; x < columns; x += 8)
        {
            var at = accumulators + (4 * x) - 2;
            var p = HalvesAdded(Vector256.Load(at), Vector256.Load(at + 8));
            var q = HalvesAdded(Vector256.Load(at + 16), Vector256.Load(at + 24));
            var (above, below) = (Avx.Shuffle(p, q, 0b10_00_10_00), Avx.Shuffle(p, q, 0b11_01_11_01));
            InOrder(above + Vector256.Load(carry + x)).Store(sums + x);
            below.Store(carry + x);
        }
    }

    // (west, east) pairs of pixels 0 1 and 2 3 become the sums of pixels 0 2 | 1 3.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> HalvesAdded(Vector256<float> first, Vector256<float> second) =>
        Avx.UnpackLow(first.AsDouble(), second.AsDouble()).AsSingle() + Avx.UnpackHigh(first.AsDouble(), second.AsDouble()).AsSingle();

    // Lanes 0 2 4 6 | 1 3 5 7 become 0 to 7.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> InOrder(Vector256<float> value) =>
        Avx2.PermuteVar8x32(value, Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7));

    private static void InOrder(float* values, int count, float* sums)
    {
        for (var x = 0; x < count; x += 8)
            InOrder(Vector256.Load(values + x)).Store(sums + x);
    }

    // From a row to the one that is asked for meanwhile: in the next slice, some rows on, or, of a whole plane, in the next plane.
    private static nint Ahead(Volume source, in Window window) =>
        source.Depth > 1 ? (nint)source.Width * source.Height
        : window.Rows < source.Height ? RowsAhead * (nint)source.Width
        : source.Length;

    // The row of the source, or null outside.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* Row(float* plane, Volume source, int y, int z) =>
        (uint)y < (uint)source.Height && (uint)z < (uint)source.Depth
            ? plane + ((((long)z * source.Height) + y) * source.Width)
            : null;
}
