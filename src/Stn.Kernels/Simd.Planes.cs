using System.Numerics;
using System.Runtime.CompilerServices;
using Stn.Kernels.Points;

namespace Stn.Kernels;

/// <content>Planes whose rows are lines, and their moments: what transformations need of a slice of target points.</content>
internal static unsafe partial class Simd
{
    /// <summary>Writes the points of <paramref name="lines"/>, rounded once to T per row and once per value.</summary>
    /// <remarks>Whole vectors are written: the end of a row runs into the next, which is written later.</remarks>
    public static void Lines<T>(T* destination, int rows, int pitch, int columns, in RowLines<T> lines)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (IsWide && IsVector<T>())
            Lines<T, Lanes512<T>>(destination, rows, pitch, columns, lines);
        else if (IsVector<T>())
            Lines<T, Lanes256<T>>(destination, rows, pitch, columns, lines);
        else
            Lines<T, OneLane<T>>(destination, rows, pitch, columns, lines);
    }

    /// <summary>Σ v, Σ (first + i)·v and Σ (firstRow + row)·v over the values v = values[row][i].</summary>
    public static (double Sum, double X, double Y) Moments<T>(
        T* values, int rows, int pitch, int columns, T first, double firstRow)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (IsFastFor<T>())
        {
            return IsWide
                ? Moments<Lanes512<float>>((float*)values, rows, pitch, columns, float.CreateTruncating(first), (float)firstRow)
                : Moments<Lanes256<float>>((float*)values, rows, pitch, columns, float.CreateTruncating(first), (float)firstRow);
        }

        var (sum, x, y) = (0.0, 0.0, 0.0);
        for (var row = 0; row < rows; row++, values += pitch)
        {
            var (rowSum, rowX) = (T.Zero, T.Zero);
            for (var i = 0; i < columns; i++)
            {
                rowSum += values[i];
                rowX += (first + T.CreateTruncating(i)) * values[i];
            }

            sum += double.CreateTruncating(rowSum);
            x += double.CreateTruncating(rowX);
            y += (firstRow + row) * double.CreateTruncating(rowSum);
        }

        return (sum, x, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Lines<T, TLanes>(T* destination, int rows, int pitch, int columns, in RowLines<T> lines)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLanes : struct, ILanes<TLanes, T>
    {
        var (a, start, next) = (TLanes.All(lines.Slope), TLanes.All(lines.First) + TLanes.Indices, TLanes.All(T.CreateTruncating(TLanes.Count)));
        for (var row = 0; row < rows; row++, destination += pitch)
        {
            var (at, b) = (start, TLanes.All(T.CreateTruncating(lines.Offset + (row * lines.Step))));
            for (var i = 0; i < columns; i += TLanes.Count, at += next)
                TLanes.MultiplyAdd(a, at, b).Store(destination + i);
        }
    }

    // Each lane sums every eighth or sixteenth column, of two rows side by side: a sum waits for the one before it. The last columns of
    // a row are read with the other lanes 0. A lane adds up at most a thousand values of a tile, row sums first.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Sum, double X, double Y) Moments<TLanes>(
        float* values, int rows, int pitch, int columns, float first, float firstRow)
        where TLanes : struct, ILanes<TLanes, float>
    {
        TLanes sum = default, y = default, evenX = default, oddX = default;
        var (start, next) = (TLanes.All(first) + TLanes.Indices, TLanes.All(TLanes.Count));
        for (var row = 0; row < rows; row += 2, values += 2 * (nint)pitch)
        {
            TLanes even = default, odd = default;
            var at = start;
            var other = row + 1 < rows ? values + pitch : values;
            for (var i = 0; i < columns; i += TLanes.Count, at += next)
            {
                var (p, q) = (TLanes.LoadFirst(values + i, columns - i), TLanes.LoadFirst(other + i, row + 1 < rows ? columns - i : 0));
                (even, odd) = (even + p, odd + q);
                (evenX, oddX) = (TLanes.MultiplyAdd(at, p, evenX), TLanes.MultiplyAdd(at, q, oddX));
            }

            sum += even + odd;
            y = TLanes.MultiplyAdd(TLanes.All(firstRow + row), even, y);
            y = TLanes.MultiplyAdd(TLanes.All(firstRow + row + 1), odd, y);
        }

        return (sum.Sum(), (evenX + oddX).Sum(), y.Sum());
    }
}
