using System.Runtime.CompilerServices;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>
/// The part of the source that the points of a tile read, with a frame of padding where it reaches over the edge: fast taps
/// read a copy of it and need no bounds check, no mask and no branch.
/// </summary>
/// <remarks>
/// A point's cell begins at its first tap. Positions are first moved next to the image, where all their taps are padding
/// already, so value and gradient stay exact; NaN moves to the outermost place. See <see cref="Footprint"/>.
/// </remarks>
/// <param name="X">The first column that taps read.</param>
/// <param name="Y">The first row.</param>
/// <param name="Z">The first slice.</param>
/// <param name="Columns">The columns that taps read.</param>
/// <param name="Rows">The rows of cells in a linear window, whose taps read one more; the rows that taps read in a cubic one.</param>
/// <param name="Slices">The slices that taps read, 1 in a plane.</param>
/// <param name="Footprint">The taps of a point.</param>
internal readonly record struct Window(int X, int Y, int Z, int Columns, int Rows, int Slices, Footprint Footprint)
{
    // A cell costs about 1/8 of what a point costs without a window, and 4 or 16 bytes of scratch a channel.
    private const int CellsPerPoint = 8;
    private const int MostCells = 1 << 17;

    /// <summary>The number of cells.</summary>
    public int Cells => Columns * Rows * Slices;

    /// <summary>The number of cells of a slice.</summary>
    public int SliceCells => Columns * Rows;

    /// <summary>The part of [first, first + count) that lies in [0, size); an empty part lies between its ends.</summary>
    public static (int First, int Count) Inside(int first, int count, int size)
    {
        var start = Math.Clamp(0, first, first + count);
        return (start, Math.Max(0, Math.Min(first + count, size) - start));
    }

    /// <summary>The window of the staged points, or null if they are so far apart that it would not pay.</summary>
    /// <remarks>Of a plane about as large as the tile it is all of it: finding out which part is read would cost more.</remarks>
    public static unsafe Window? Around(in Staged<float> staged, Volume source, Footprint taps)
    {
        if (staged.Z == null && All(source, taps) is var all && all.Cells <= 256 + staged.Length + (staged.Length / 4))
            return all;
        var (left, right, top, bottom) = Range(staged, staged.X, staged.Y, source.Width, source.Height, taps);
        var (front, back) = (taps.Before, taps.Before - 1);
        if (staged.Z != null)
            (front, back, _, _) = Range(staged, staged.Z, staged.Z, source.Depth, source.Depth, taps);
        var (columns, rows, slices) = (right - left + taps.Columns, bottom - top + taps.Rows, back - front + 2);
        return (long)columns * rows * slices <= Math.Min(MostCells, 256 + (CellsPerPoint * (long)staged.Length))
            ? new Window(left - taps.Before, top - taps.Before, front - taps.Before, columns, rows, slices, taps)
            : null;
    }

    /// <summary>Replaces positions by fractions within cells, and writes each point's cell, counted within the window.</summary>
    public unsafe void Stage(in Staged<float> staged, Volume source, int* index)
    {
        if (Simd.IsWide)
            Stage<Lanes512<float>>(staged, source, index);
        else
            Stage<Lanes256<float>>(staged, source, index);
    }

    // The number of a cell is below 2^17, exact in float.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Stage<TLanes>(in Staged<float> staged, Volume source, int* index)
        where TLanes : struct, ILanes<TLanes, float>
    {
        var low = TLanes.All(Footprint.Outermost);
        var (highX, highY) = (TLanes.All(Footprint.High(source.Width)), TLanes.All(Footprint.High(source.Height)));
        var highZ = TLanes.All(Footprint.High(source.Depth));
        var (firstX, firstY) = (TLanes.All(X + Footprint.Before), TLanes.All(Y + Footprint.Before));
        var firstZ = TLanes.All(Z + Footprint.Before);
        var (columns, rows) = (TLanes.All(Columns), TLanes.All(Rows));
        for (var i = 0; i < staged.Length; i += TLanes.Count)
        {
            var row = Split(staged.Y + i, low, highY) - firstY;
            if (staged.Z != null)
                row = TLanes.MultiplyAdd(Split(staged.Z + i, low, highZ) - firstZ, rows, row);
            TLanes.MultiplyAdd(row, columns, Split(staged.X + i, low, highX) - firstX).StoreIntegers(index + i);
        }
    }

    private static Window All(Volume source, Footprint taps)
    {
        var first = (int)taps.Outermost - taps.Before;
        var (columns, rows) = ((int)taps.High(source.Width) - (int)taps.Outermost, (int)taps.High(source.Height) - (int)taps.Outermost);
        return new Window(first, first, 0, columns + taps.Columns, rows + taps.Rows, 1, taps);
    }

    private static unsafe (int FirstX, int LastX, int FirstY, int LastY) Range(
        in Staged<float> staged, float* x, float* y, int sizeX, int sizeY, Footprint taps) =>
        staged.EndsAtCorners && OfCorners(staged, x, sizeX, taps) is { } alongX && OfCorners(staged, y, sizeY, taps) is { } alongY
            ? (alongX.First, alongX.Last, alongY.First, alongY.Last)
            : Simd.IsWide && staged.Length >= Lanes512<float>.Count
            ? Range<Lanes512<float>>(x, y, staged.Length, sizeX, sizeY, taps)
            : Range<Lanes256<float>>(x, y, staged.Length, sizeX, sizeY, taps);

    // The least and the greatest cell along an axis; null if a corner is not finite.
    private static unsafe (int First, int Last)? OfCorners(in Staged<float> staged, float* positions, int size, Footprint taps)
    {
        var (least, greatest) = (float.MaxValue, taps.Outermost);
        for (var corner = 0; corner < 8; corner++)
        {
            var (column, row, slice) = (corner & 1, (corner >> 1) & 1, corner >> 2);
            var at = positions[(column * staged.Corners.Column) + (row * staged.Corners.Row) + (slice * staged.Corners.Slice)];
            if (!float.IsFinite(at))
                return null;
            (least, greatest) = (MathF.Min(least, at), MathF.Max(greatest, at));
        }

        var high = taps.High(size);
        return ((int)MathF.Floor(MathF.Min(MathF.Max(least, taps.Outermost), high)), (int)MathF.Floor(MathF.Min(greatest, high)));
    }

    // The least and the greatest cell along two axes: two chains of comparisons do not wait for each other. The last vector of points may
    // take some of the one before again.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe (int FirstX, int LastX, int FirstY, int LastY) Range<TLanes>(
        float* x, float* y, int count, int sizeX, int sizeY, Footprint taps)
        where TLanes : struct, ILanes<TLanes, float>
    {
        var low = TLanes.All(taps.Outermost);
        var (leastX, leastY) = (TLanes.All(float.MaxValue), TLanes.All(float.MaxValue));
        var (greatestX, greatestY) = (low, low);
        for (var next = 0; next < count; next += TLanes.Count)
        {
            // Max returns its second operand if either is NaN: NaN becomes the outermost position.
            var i = Math.Min(next, count - TLanes.Count);
            var (atX, atY) = (TLanes.Max(TLanes.Load(x + i), low), TLanes.Max(TLanes.Load(y + i), low));
            (leastX, leastY) = (TLanes.Min(leastX, atX), TLanes.Min(leastY, atY));
            (greatestX, greatestY) = (TLanes.Max(greatestX, atX), TLanes.Max(greatestY, atY));
        }

        var (highX, highY) = (taps.High(sizeX), taps.High(sizeY));
        return (Cell(leastX, highX, -1), Cell(greatestX, highX, 1), Cell(leastY, highY, -1), Cell(greatestY, highY, 1));
    }

    // The cell of the greatest (sign 1) or least (sign −1) lane.
    private static unsafe int Cell<TLanes>(TLanes lanes, float high, float sign)
        where TLanes : struct, ILanes<TLanes, float>
    {
        var values = stackalloc float[TLanes.Count];
        lanes.Store(values);
        var extreme = values[0];
        for (var lane = 1; lane < TLanes.Count; lane++)
            extreme = sign * values[lane] > sign * extreme ? values[lane] : extreme;
        return (int)MathF.Floor(MathF.Min(extreme, high));
    }

    // Leaves the fraction in place and returns the cell.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe TLanes Split<TLanes>(float* position, TLanes low, TLanes high)
        where TLanes : struct, ILanes<TLanes, float>
    {
        var clamped = TLanes.Min(TLanes.Max(TLanes.Load(position), low), high);
        var cell = TLanes.Floor(clamped);
        (clamped - cell).Store(position);
        return cell;
    }
}
