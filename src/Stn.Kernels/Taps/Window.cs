using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
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
        var (left, right, top, bottom) = Range(staged.X, staged.Y, staged.Length, source.Width, source.Height, taps);
        var (front, back) = (taps.Before, taps.Before - 1);
        if (staged.Z != null)
            (front, back, _, _) = Range(staged.Z, staged.Z, staged.Length, source.Depth, source.Depth, taps);
        var (columns, rows, slices) = (right - left + taps.Columns, bottom - top + taps.Rows, back - front + 2);
        return (long)columns * rows * slices <= Math.Min(MostCells, 256 + (CellsPerPoint * (long)staged.Length))
            ? new Window(left - taps.Before, top - taps.Before, front - taps.Before, columns, rows, slices, taps)
            : null;
    }

    /// <summary>Replaces positions by fractions within cells, and writes each point's cell, counted within the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void Stage(in Staged<float> staged, Volume source, int* index)
    {
        var low = Vector256.Create(Footprint.Outermost);
        var (highX, highY) = (Vector256.Create(Footprint.High(source.Width)), Vector256.Create(Footprint.High(source.Height)));
        var highZ = Vector256.Create(Footprint.High(source.Depth));
        var (firstX, firstY) = (Vector256.Create(X + Footprint.Before), Vector256.Create(Y + Footprint.Before));
        var firstZ = Vector256.Create(Z + Footprint.Before);
        var (columns, rows) = (Vector256.Create(Columns), Vector256.Create(Rows));
        for (var i = 0; i < staged.Length; i += Vector256<float>.Count)
        {
            var row = Split(staged.Y + i, low, highY) - firstY;
            if (staged.Z != null)
                row += (Split(staged.Z + i, low, highZ) - firstZ) * rows;
            ((row * columns) + Split(staged.X + i, low, highX) - firstX).Store(index + i);
        }
    }

    private static Window All(Volume source, Footprint taps)
    {
        var first = (int)taps.Outermost - taps.Before;
        var (columns, rows) = ((int)taps.High(source.Width) - (int)taps.Outermost, (int)taps.High(source.Height) - (int)taps.Outermost);
        return new Window(first, first, 0, columns + taps.Columns, rows + taps.Rows, 1, taps);
    }

    // The least and the greatest cell along two axes: two chains of comparisons do not wait for each other.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe (int FirstX, int LastX, int FirstY, int LastY) Range(float* x, float* y, int count, int sizeX, int sizeY, Footprint taps)
    {
        var low = Vector256.Create(taps.Outermost);
        var (leastX, leastY) = (Vector256.Create(float.MaxValue), Vector256.Create(float.MaxValue));
        var (greatestX, greatestY) = (low, low);
        for (var i = 0; i < count; i += Vector256<float>.Count)
        {
            // Max returns its second operand if either is NaN: NaN becomes the outermost position.
            var (atX, atY) = (Avx.Max(Vector256.Load(x + i), low), Avx.Max(Vector256.Load(y + i), low));
            (leastX, leastY) = (Avx.Min(leastX, atX), Avx.Min(leastY, atY));
            (greatestX, greatestY) = (Avx.Max(greatestX, atX), Avx.Max(greatestY, atY));
        }

        var (highX, highY) = (taps.High(sizeX), taps.High(sizeY));
        return (Cell(leastX, highX, -1), Cell(greatestX, highX, 1), Cell(leastY, highY, -1), Cell(greatestY, highY, 1));
    }

    // The cell of the greatest (sign 1) or least (sign −1) lane.
    private static int Cell(Vector256<float> lanes, float high, float sign)
    {
        var extreme = lanes[0];
        for (var lane = 1; lane < Vector256<float>.Count; lane++)
            extreme = sign * lanes[lane] > sign * extreme ? lanes[lane] : extreme;
        return (int)MathF.Floor(MathF.Min(extreme, high));
    }

    // Leaves the fraction in place and returns the cell.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<int> Split(float* position, Vector256<float> low, Vector256<float> high)
    {
        var clamped = Avx.Min(Avx.Max(Vector256.Load(position), low), high);
        var cell = Vector256.Floor(clamped);
        (clamped - cell).Store(position);
        return Avx.ConvertToVector256Int32WithTruncation(cell);
    }
}
