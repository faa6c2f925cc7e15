using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Stn.Kernels;

/// <content>Planes whose rows are lines, and their moments: what transformations need of a slice of target points.</content>
internal static unsafe partial class Simd
{
    /// <summary>destination[row][i] = slope·(first + i) + offset + row·step, rounded once to T per row and once per value.</summary>
    /// <remarks>Whole vectors are written: the end of a row runs into the next, which is written later.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Lines<T>(T* destination, int rows, int pitch, int columns, T slope, T first, double offset, double step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var row = 0; row < rows; row++, destination += pitch)
        {
            var start = T.CreateTruncating(offset + (row * step));
            if (!IsVector<T>())
            {
                for (var i = 0; i < columns; i++)
                    destination[i] = T.FusedMultiplyAdd(slope, first + T.CreateTruncating(i), start);
                continue;
            }

            var (a, b, next) = (Vector256.Create(slope), Vector256.Create(start), Vector256.Create(T.CreateTruncating(Vector256<T>.Count)));
            var at = Vector256.Create(first) + Vector256<T>.Indices;
            for (var i = 0; i < columns; i += Vector256<T>.Count, at += next)
                MultiplyAdd(a, at, b).Store(destination + i);
        }
    }

    /// <summary>Σ v, Σ (first + i)·v and Σ (firstRow + row)·v over the values v = values[row][i].</summary>
    public static (double Sum, double X, double Y) Moments<T>(
        T* values, int rows, int pitch, int columns, T first, double firstRow)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (IsFastFor<T>())
            return Moments((float*)values, rows, pitch, columns, float.CreateTruncating(first), (float)firstRow);

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

    // Lane i sums every eighth column; the last columns of a row are read with the other lanes 0. A lane adds up at most a
    // thousand values of a tile, row sums first.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Sum, double X, double Y) Moments(
        float* values, int rows, int pitch, int columns, float first, float firstRow)
    {
        var (sum, x, y) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        var (start, next) = (Vector256.Create(first) + Vector256<float>.Indices, Vector256.Create(8f));
        var whole = columns & ~7;
        for (var row = 0; row < rows; row++, values += pitch)
        {
            var (rowSum, at) = (Vector256<float>.Zero, start);
            for (var i = 0; i < whole; i += 8, at += next)
            {
                var value = Vector256.Load(values + i);
                rowSum += value;
                x = MultiplyAdd(at, value, x);
            }

            if (whole < columns)
            {
                var value = LoadFirst(values + whole, columns - whole);
                rowSum += value;
                x = MultiplyAdd(at, value, x);
            }

            sum += rowSum;
            y = MultiplyAdd(Vector256.Create(firstRow + row), rowSum, y);
        }

        return (Vector256.Sum(sum), Vector256.Sum(x), Vector256.Sum(y));
    }
}
