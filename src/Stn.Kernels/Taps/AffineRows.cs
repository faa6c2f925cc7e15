using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Stn.Kernels.Points;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>
/// The affine warp of one small channel with the bilinear kernel in one pass, 16 points of a row at a time, where θ turns little: nothing is
/// staged. Neighbours then lie in few rows of U, which are read as they are; one permutation picks a pixel for each point.
/// </summary>
/// <remarks>The arithmetic is that of <see cref="BilinearPairs"/>. For use where <see cref="Simd.IsWide"/>.</remarks>
internal static unsafe class AffineRows
{
    private const int Points = 16;

    // Below, most of the last block of a row lies behind its end.
    private const int FewestColumns = 9;

    // More than this, and taking pairs of pixels one by one is less work.
    private const int MostRows = 6;

    // The pixels of two vectors, of which a point takes two.
    private const double MostColumns = (2 * Points) - 2;

    /// <summary>Writes the tile's V if this form is for it.</summary>
    public static bool TryForward<T, TPoints, TTaps>(in Work<T> work, in Tile tile, in TPoints points, in TTaps taps)
        where T : unmanaged
        where TPoints : struct
        where TTaps : struct
    {
        if (!TryPrepare(work, tile, points, taps, out var frame, out var x, out var y, out var rows))
            return false;
        Forward(frame, x, y, rows, tile, Floats.Of(work).OutputPlane(0));
        return true;
    }

    /// <summary>Adds the tile's part to the sums of θ's gradient if this form is for it.</summary>
    public static bool TryBackward<T, TPoints, TTaps>(in Work<T> work, in Tile tile, in TPoints points, in TTaps taps, double* sums)
        where T : unmanaged
        where TPoints : struct
        where TTaps : struct
    {
        if (!TryPrepare(work, tile, points, taps, out var frame, out var x, out var y, out var rows))
            return false;
        var lines = Unsafe.BitCast<TPoints, AffinePoints<float>>(points);
        Backward(frame, x, y, rows, tile, Floats.Of(work).OutputPlane(0), (float)lines.FirstRow(tile), out var ofX, out var ofY);
        lines.Add(ofX, axis: 0, tile, slice: 0, sums);
        lines.Add(ofY, axis: 1, tile, slice: 0, sums);
        return true;
    }

    // The types are known when this is compiled.
    private static bool IsFor<T, TPoints, TTaps>(in Work<T> work, in Tile tile)
        where T : unmanaged =>
        Simd.IsWide && typeof(TPoints) == typeof(AffinePoints<float>) && typeof(TTaps) == typeof(BilinearTaps<float>) &&
        work.Channels == 1 && work.Source.Depth == 1 && tile.Columns >= FewestColumns && tile.RunLength == tile.Target.Length &&
        PlaneFrame.Fits(work.Source);

    private static bool TryPrepare<T, TPoints, TTaps>(
        in Work<T> work, in Tile tile, in TPoints points, in TTaps taps, out PlaneFrame frame, out RowLines<float> x,
        out RowLines<float> y, out int rows)
        where T : unmanaged
        where TPoints : struct
        where TTaps : struct
    {
        (frame, x, y, rows) = (default, default, default, 0);
        if (!IsFor<T, TPoints, TTaps>(work, tile))
            return false;
        var (lines, kernel) = (Unsafe.BitCast<TPoints, AffinePoints<float>>(points), Unsafe.BitCast<TTaps, BilinearTaps<float>>(taps));
        (x, y) = (lines.LinesOf(work.Image, axis: 0, tile, slice: 0), lines.LinesOf(work.Image, axis: 1, tile, slice: 0));
        // Rounding may move a point over a pixel's edge.
        var (across, down) = (((Points - 1) * Math.Abs((double)x.Slope)) + 1e-2, ((Points - 1) * Math.Abs((double)y.Slope)) + 1e-2);
        rows = y.Slope == 0 ? 2 : down <= MostRows - 2 ? (int)Math.Ceiling(down) + 2 : 0;
        if (rows == 0 || !(across <= MostColumns) || !kernel.HasOutside)
            return false;
        frame = PlaneFrame.Copy(Floats.Of(work).ImagePlane(0), work.Source, kernel.Outside, rows);
        return true;
    }

    // Each block is located while the one before is read: what is read depends on a long chain of operations.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward(
        in PlaneFrame frame, in RowLines<float> linesX, in RowLines<float> linesY, int rows, in Tile tile, float* output)
    {
        var columns = tile.Columns;
        var block = new Block(frame, linesX, linesY, rows);
        var start = Vector512.Create(linesX.First) + Vector512<float>.Indices;
        var (offsetX, offsetY, at) = (OffsetOf(linesX, 0), OffsetOf(linesY, 0), start);
        block.Locate(at, offsetX, offsetY, out var from, out var column, out var row, out var x, out var y);
        for (int down = 0, i = 0; down < tile.Rows;)
        {
            var (fromNow, to) = ((nint)from, (nint)(output + i));
            var (columnNow, rowNow, xNow, yNow, count) = (column, row, x, y, columns - i);
            i += Points;
            at += Vector512.Create((float)Points);
            if (i >= columns)
            {
                down++;
                output += columns;
                (offsetX, offsetY, at, i) = (OffsetOf(linesX, down), OffsetOf(linesY, down), start, 0);
            }

            block.Locate(at, offsetX, offsetY, out from, out column, out row, out x, out y);
            block.Read((float*)fromNow, columnNow, rowNow, out var nw, out var ne, out var sw, out var se);
            Simd.WideStoreFirst(Mix(yNow, Mix(xNow, nw, ne), Mix(xNow, sw, se)), (float*)to, count);
        }
    }

    // In the order of Simd.Moments, two rows side by side, so that the bits are those of the staged form where that reads from a window.
    // Lanes behind a row's end count as nothing, whatever their slopes are.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Backward(
        in PlaneFrame frame, in RowLines<float> linesX, in RowLines<float> linesY, int rows, in Tile tile, float* amounts, float firstRow,
        out (double Sum, double X, double Y) ofX, out (double Sum, double X, double Y) ofY)
    {
        var columns = tile.Columns;
        var block = new Block(frame, linesX, linesY, rows);
        var start = Vector512.Create(linesX.First) + Vector512<float>.Indices;
        var (offsetX, offsetY, at) = (OffsetOf(linesX, 0), OffsetOf(linesY, 0), start);
        Vector512<float> sumX = default, sumY = default, xOfX = default, xOfY = default, yOfX = default, yOfY = default;
        Vector512<float> rowX = default, rowY = default, beforeOfX = default, beforeOfY = default, otherOfX = default, otherOfY = default;
        block.Locate(at, offsetX, offsetY, out var from, out var column, out var row, out var x, out var y);
        for (int down = 0, i = 0; down < tile.Rows;)
        {
            var fromNow = (nint)from;
            var (columnNow, rowNow, xNow, yNow, atNow) = (column, row, x, y, at);
            var amount = Simd.WideLoadFirst(amounts + i, columns - i);
            var inside = columns - i < Points ? Simd.WideInside(i, columns) : Vector512<float>.AllBitsSet;
            i += Points;
            at += Vector512.Create((float)Points);
            var ends = i >= columns;
            if (ends)
                (offsetX, offsetY, at) = (OffsetOf(linesX, down + 1), OffsetOf(linesY, down + 1), start);
            block.Locate(at, offsetX, offsetY, out from, out column, out row, out x, out y);
            block.Read((float*)fromNow, columnNow, rowNow, out var nw, out var ne, out var sw, out var se);
            var gradientX = amount * Mix(yNow, ne - nw, se - sw) & inside;
            var gradientY = amount * Mix(xNow, sw - nw, se - ne) & inside;
            (rowX, rowY) = (rowX + gradientX, rowY + gradientY);
            (xOfX, xOfY) = (Simd.MultiplyAdd(atNow, gradientX, xOfX), Simd.MultiplyAdd(atNow, gradientY, xOfY));
            if (!ends)
                continue;
            var place = Vector512.Create(firstRow + down);
            (yOfX, yOfY) = (Simd.MultiplyAdd(place, rowX, yOfX), Simd.MultiplyAdd(place, rowY, yOfY));
            var isSecond = (down & 1) != 0;
            if (isSecond || down == tile.Rows - 1)
                (sumX, sumY) = isSecond ? (sumX + (beforeOfX + rowX), sumY + (beforeOfY + rowY)) : (sumX + rowX, sumY + rowY);
            (beforeOfX, beforeOfY) = (rowX, rowY);
            (xOfX, otherOfX, xOfY, otherOfY) = (otherOfX, xOfX, otherOfY, xOfY);
            (rowX, rowY, down, i) = (default, default, down + 1, 0);
            amounts += columns;
        }

        ofX = (Sum(sumX), Sum(xOfX + otherOfX), Sum(yOfX));
        ofY = (Sum(sumY), Sum(xOfY + otherOfY), Sum(yOfY));
    }

    private static Vector512<float> OffsetOf(in RowLines<float> lines, int row) => Vector512.Create((float)(lines.Offset + (row * lines.Step)));

    private static float Sum(Vector512<float> lanes) => new Lanes512<float>(lanes).Sum();

    // (1 − t)·a + t·b.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Mix(Vector512<float> t, Vector512<float> a, Vector512<float> b) =>
        Simd.MultiplyAdd(t, b, (Vector512<float>.One - t) * a);

    /// <summary>What all blocks of a tile have in common.</summary>
    private readonly ref struct Block(in PlaneFrame frame, in RowLines<float> linesX, in RowLines<float> linesY, int rows)
    {
        private readonly float* origin = frame.Origin;
        private readonly nint pitch = frame.Pitch;
        private readonly Vector512<float> slopeX = Vector512.Create(linesX.Slope);
        private readonly Vector512<float> slopeY = Vector512.Create(linesY.Slope);
        private readonly Vector512<int> leastX = Vector512.Create(linesX.Slope < 0 ? Points - 1 : 0);
        private readonly Vector512<int> leastY = Vector512.Create(linesY.Slope < 0 ? Points - 1 : 0);
        private readonly Vector512<float> least = frame.Least;
        private readonly Vector512<float> lastX = frame.LastX;
        private readonly Vector512<float> lastY = frame.LastY;

        /// <summary>Finds 16 points.</summary>
        /// <param name="at">Their columns, from the middle of the target.</param>
        /// <param name="offsetX">Their row's part of x.</param>
        /// <param name="offsetY">Their row's part of y.</param>
        /// <param name="from">The first pixel of the first row that is read.</param>
        /// <param name="column">The column of each point's cell, from there.</param>
        /// <param name="row">Its row.</param>
        /// <param name="x">The places in the cells.</param>
        /// <param name="y">The same along y.</param>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Locate(
            Vector512<float> at, Vector512<float> offsetX, Vector512<float> offsetY, out float* from, out Vector512<int> column,
            out Vector512<float> row, out Vector512<float> x, out Vector512<float> y)
        {
            // Min returns its second operand if the first is NaN: a point outside.
            x = Avx512F.Max(Avx512F.Min(Simd.MultiplyAdd(slopeX, at, offsetX), lastX), least);
            y = Avx512F.Max(Avx512F.Min(Simd.MultiplyAdd(slopeY, at, offsetY), lastY), least);
            var (cellX, cellY) = (Vector512.Floor(x), Vector512.Floor(y));
            (x, y) = (x - cellX, y - cellY);
            var (firstX, firstY) = (Avx512F.PermuteVar16x32(cellX, leastX), Avx512F.PermuteVar16x32(cellY, leastY));
            from = origin + (Sse.ConvertToInt32WithTruncation(firstY.GetLower().GetLower()) * pitch) +
                Sse.ConvertToInt32WithTruncation(firstX.GetLower().GetLower());
            column = Vector512.ConvertToInt32Native(cellX - firstX);
            row = cellY - firstY;
        }

        /// <summary>Reads the cells of 16 points.</summary>
        /// <param name="from">As <see cref="Locate"/> says.</param>
        /// <param name="column">As it says.</param>
        /// <param name="row">As it says.</param>
        /// <param name="nw">The pixels of the upper left; the others beside.</param>
        /// <param name="ne">Upper right.</param>
        /// <param name="sw">Lower left.</param>
        /// <param name="se">Lower right.</param>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Read(
            float* from, Vector512<int> column, Vector512<float> row, out Vector512<float> nw, out Vector512<float> ne,
            out Vector512<float> sw, out Vector512<float> se)
        {
            var (west, east) = (column, column + Vector512<int>.One);
            Pick(from, west, east, out nw, out ne);
            Pick(from += pitch, west, east, out sw, out se);
            var (lastW, lastE, lower) = (sw, se, Vector512<float>.One);
            for (var r = 2; r < rows; r++, lower += Vector512<float>.One)
            {
                Pick(from += pitch, west, east, out var nextW, out var nextE);
                var isHere = Vector512.GreaterThanOrEqual(row, lower);
                nw = Vector512.ConditionalSelect(isHere, lastW, nw);
                ne = Vector512.ConditionalSelect(isHere, lastE, ne);
                sw = Vector512.ConditionalSelect(isHere, nextW, sw);
                se = Vector512.ConditionalSelect(isHere, nextE, se);
                (lastW, lastE) = (nextW, nextE);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Pick(float* row, Vector512<int> west, Vector512<int> east, out Vector512<float> left, out Vector512<float> right)
        {
            var (first, second) = (Vector512.Load(row), Vector512.Load(row + Points));
            left = Avx512F.PermuteVar16x32x2(first, west, second);
            right = Avx512F.PermuteVar16x32x2(first, east, second);
        }
    }
}
