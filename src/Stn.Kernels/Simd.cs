using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Stn.Kernels;

/// <summary>The few vector operations that all kernels share, each with its scalar form.</summary>
internal static unsafe partial class Simd
{
    /// <summary>
    /// Whether the vector forms run: they need 8 float lanes and fused multiply-add. Without them the scalar forms, which
    /// specify the values, do all the work.
    /// </summary>
    public static bool IsFast
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx2.IsSupported && Fma.IsSupported;
    }

    /// <summary>Whether values of <typeparamref name="T"/> have the vector forms of the taps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsFastFor<T>() => IsFast && typeof(T) == typeof(float);

    /// <summary>Whether values of <typeparamref name="T"/> fit element-wise vector loops.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsVector<T>() => IsFast && (typeof(T) == typeof(float) || typeof(T) == typeof(double));

    /// <summary>a·b + c with one rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd<T>(Vector256<T> a, Vector256<T> b, Vector256<T> c) =>
        typeof(T) == typeof(float)
            ? Fma.MultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
            : Fma.MultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();

    /// <summary>0, 1, 2 … in the lanes of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Ramp<T>() => Vector256<T>.Indices;

    /// <summary>destination[i] = slope·(first + i) + offset, rounded once; may write up to a vector past the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Line<T>(T* destination, int count, T slope, T first, T offset)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!IsVector<T>())
        {
            for (var i = 0; i < count; i++)
                destination[i] = T.FusedMultiplyAdd(slope, first + T.CreateTruncating(i), offset);
            return;
        }

        var (a, b) = (Vector256.Create(slope), Vector256.Create(offset));
        var step = Vector256.Create(T.CreateTruncating(Vector256<T>.Count));
        var at = Vector256.Create(first) + Ramp<T>();
        for (var i = 0; i < count; i += Vector256<T>.Count, at += step)
            MultiplyAdd(a, at, b).Store(destination + i);
    }

    /// <summary>Σ values[i] and Σ (first + i)·values[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Sum, double Moment) Moments<T>(T* values, int count, T first)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (sum, moment) = (T.Zero, T.Zero);
        var i = 0;
        if (IsVector<T>())
        {
            var (sums, moments) = (Vector256<T>.Zero, Vector256<T>.Zero);
            var step = Vector256.Create(T.CreateTruncating(Vector256<T>.Count));
            var at = Vector256.Create(first) + Ramp<T>();
            for (; i <= count - Vector256<T>.Count; i += Vector256<T>.Count, at += step)
            {
                var value = Vector256.Load(values + i);
                sums += value;
                moments = MultiplyAdd(at, value, moments);
            }

            (sum, moment) = (Vector256.Sum(sums), Vector256.Sum(moments));
        }

        for (; i < count; i++)
        {
            sum += values[i];
            moment += (first + T.CreateTruncating(i)) * values[i];
        }

        return (double.CreateTruncating(sum), double.CreateTruncating(moment));
    }

    /// <summary>destination[i] += values[i].</summary>
    public static void Add<T>(T* destination, T* values, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var i = 0;
        if (IsVector<T>())
        {
            for (; i <= count - Vector256<T>.Count; i += Vector256<T>.Count)
                (Vector256.Load(destination + i) + Vector256.Load(values + i)).Store(destination + i);
        }

        for (; i < count; i++)
            destination[i] += values[i];
    }

    /// <summary>destination[i] *= factors[i].</summary>
    public static void Multiply<T>(T* destination, T* factors, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var i = 0;
        if (IsVector<T>())
        {
            for (; i <= count - Vector256<T>.Count; i += Vector256<T>.Count)
                (Vector256.Load(destination + i) * Vector256.Load(factors + i)).Store(destination + i);
        }

        for (; i < count; i++)
            destination[i] *= factors[i];
    }

    /// <summary>Writes the first <paramref name="count"/> lanes of <paramref name="value"/>, all of them for 8 and more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(Vector256<float> value, float* destination, int count)
    {
        if (count >= Vector256<float>.Count)
            value.Store(destination);
        else
            Avx.MaskStore(destination, FirstLanes(count), value);
    }

    /// <summary>Reads the first <paramref name="count"/> lanes, all of them for 8 and more; the others are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadFirst(float* source, int count) =>
        count >= Vector256<float>.Count ? Vector256.Load(source) : Avx.MaskLoad(source, FirstLanes(count));

    private static Vector256<float> FirstLanes(int count) =>
        Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle();
}
