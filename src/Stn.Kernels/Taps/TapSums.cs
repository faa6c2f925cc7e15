using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Stn.Kernels.Taps;

/// <summary>Sums over the taps of a point in one plane, a vector of columns at a time: down the rows first, then across.</summary>
internal static unsafe class TapSums
{
    /// <summary>Σ_i a_i·Σ_j b_j·U_ji.</summary>
    /// <param name="plane">U.</param>
    /// <param name="pitch">W.</param>
    /// <param name="point">The box.</param>
    /// <param name="across">a, the weights or slopes of its columns.</param>
    /// <param name="down">b, those of its rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Weighted<T>(T* plane, int pitch, in PointTaps<T> point, T* across, T* down)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (columns, rows) = (point.X.Count, point.Y.Count);
        var first = plane + ((nint)point.Y.First * pitch) + point.X.First;
        var (value, i) = (T.Zero, 0);
        if (Simd.IsVector<T>())
        {
            var total = Vector256<T>.Zero;
            for (; i < columns; i += Vector256<T>.Count)
                total = Simd.MultiplyAdd(Column(first + i, pitch, rows, columns - i, down), Vector256.Load(across + i), total);
            return Vector256.Sum(total);
        }

        for (; i < columns; i++)
        {
            var sum = T.Zero;
            for (var j = 0; j < rows; j++)
                sum += down[j] * first[((nint)j * pitch) + i];
            value += across[i] * sum;
        }

        return value;
    }

    /// <summary>Adds amount·a_i·b_j to each pixel of the box.</summary>
    /// <param name="gradient">∂U.</param>
    /// <param name="pitch">W.</param>
    /// <param name="point">The box.</param>
    /// <param name="amount">∂V of the point.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scatter<T>(T* gradient, int pitch, in PointTaps<T> point, T amount)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var to = gradient + ((nint)point.Y.First * pitch) + point.X.First;
        for (var j = 0; j < point.Y.Count; j++, to += pitch)
        {
            var (ofRow, i) = (amount * point.Down[j], 0);
            if (Simd.IsVector<T>())
            {
                for (; i <= point.X.Count - Vector256<T>.Count; i += Vector256<T>.Count)
                    Simd.MultiplyAdd(Vector256.Load(point.Across + i), Vector256.Create(ofRow), Vector256.Load(to + i)).Store(to + i);
            }

            for (; i < point.X.Count; i++)
                to[i] = T.FusedMultiplyAdd(point.Across[i], ofRow, to[i]);
        }
    }

    // Σ_j b_j·U_j of a vector of columns, or of fewer: nothing beyond them is read.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Column<T>(T* from, nint pitch, int rows, int columns, T* down)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var sum = Vector256<T>.Zero;
        if (columns >= Vector256<T>.Count)
        {
            for (var j = 0; j < rows; j++, from += pitch)
                sum = Simd.MultiplyAdd(Vector256.Create(down[j]), Vector256.Load(from), sum);
            return sum;
        }

        var wanted = Vector256.LessThan(Vector256<T>.Indices, Vector256.Create(T.CreateTruncating(columns)));
        for (var j = 0; j < rows; j++, from += pitch)
            sum = Simd.MultiplyAdd(Vector256.Create(down[j]), LoadWhere(wanted, from), sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> LoadWhere<T>(Vector256<T> wanted, T* from)
        where T : unmanaged => typeof(T) == typeof(float)
            ? Avx.MaskLoad((float*)from, wanted.AsSingle()).As<float, T>()
            : Avx.MaskLoad((double*)from, wanted.AsDouble()).As<double, T>();
}
