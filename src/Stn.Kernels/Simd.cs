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

    /// <summary>Whether 512-bit vectors run at full speed too.</summary>
    public static bool IsWide
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsFast && Vector512.IsHardwareAccelerated;
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

    /// <summary>a·b + c with one rounding, for use where <see cref="IsWide"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd<T>(Vector512<T> a, Vector512<T> b, Vector512<T> c) =>
        typeof(T) == typeof(float)
            ? Avx512F.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
            : Avx512F.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();

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

    /// <summary>destination[count − 1 − i] = values[i].</summary>
    public static void CopyReversed<T>(T* values, T* destination, int count)
        where T : unmanaged
    {
        var i = 0;
        if (IsFastFor<T>())
        {
            for (; i <= count - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                var reversed = Avx2.PermuteVar8x32(Vector256.Load((float*)(values + i)), Vector256.Create(7, 6, 5, 4, 3, 2, 1, 0));
                reversed.Store((float*)(destination + count - Vector256<float>.Count - i));
            }
        }

        for (; i < count; i++)
            destination[count - 1 - i] = values[i];
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

    /// <summary>destination[i] = value for a few values: less than a call of a library routine costs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FillFew(float* destination, int count, float value)
    {
        for (var i = 0; i < count; i++)
            destination[i] = value;
    }

    private static Vector256<float> FirstLanes(int count) =>
        Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle();
}
