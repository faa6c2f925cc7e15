using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Stn.Kernels;

/// <summary>A vector of one width: a loop over lanes is written once for every width.</summary>
internal unsafe interface ILanes<TSelf, T>
    where TSelf : struct, ILanes<TSelf, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How many values it holds.</summary>
    static abstract int Count { get; }

    /// <summary>Lane i is i.</summary>
    static abstract TSelf Indices { get; }

    /// <summary>The sum, lane by lane.</summary>
    static abstract TSelf operator +(TSelf a, TSelf b);

    /// <summary>The difference, lane by lane.</summary>
    static abstract TSelf operator -(TSelf a, TSelf b);

    /// <summary>The smaller one; b where one of them is NaN.</summary>
    static abstract TSelf Min(TSelf a, TSelf b);

    /// <summary>The larger one; b where one of them is NaN.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>The largest integers that are not larger.</summary>
    static abstract TSelf Floor(TSelf value);

    /// <summary>The values at a place, aligned or not.</summary>
    static abstract TSelf Load(T* from);

    /// <summary>One value in all lanes.</summary>
    static abstract TSelf All(T value);

    /// <summary>a·b + c with one rounding.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>The first <paramref name="count"/> values at a place, all for as many as there are lanes and more; the others are 0.</summary>
    static abstract TSelf LoadFirst(T* from, int count);

    /// <summary>Writes the values to a place, aligned or not.</summary>
    void Store(T* to);

    /// <summary>Writes the first <paramref name="count"/> values to a place, all for as many as there are lanes and more.</summary>
    void StoreFirst(T* to, int count);

    /// <summary>The first <paramref name="count"/> values in reverse order; the others in any.</summary>
    TSelf ReverseFirst(int count);

    /// <summary>Writes values without a fraction as integers.</summary>
    void StoreIntegers(int* to);

    /// <summary>The sum of the lanes.</summary>
    T Sum();
}

/// <summary>512 bits, for use where <see cref="Simd.IsWide"/>.</summary>
internal readonly unsafe struct Lanes512<T>(Vector512<T> value) : ILanes<Lanes512<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Vector512<T> value = value;

    public static int Count => Vector512<T>.Count;

    public static Lanes512<T> Indices
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector512<T>.Indices);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator +(Lanes512<T> a, Lanes512<T> b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> a, Lanes512<T> b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Min(Lanes512<T> a, Lanes512<T> b) => new(typeof(T) == typeof(float)
        ? Avx512F.Min(a.value.AsSingle(), b.value.AsSingle()).As<float, T>()
        : Avx512F.Min(a.value.AsDouble(), b.value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Max(Lanes512<T> a, Lanes512<T> b) => new(typeof(T) == typeof(float)
        ? Avx512F.Max(a.value.AsSingle(), b.value.AsSingle()).As<float, T>()
        : Avx512F.Max(a.value.AsDouble(), b.value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Floor(Lanes512<T> value) => new(typeof(T) == typeof(float)
        ? Vector512.Floor(value.value.AsSingle()).As<float, T>()
        : Vector512.Floor(value.value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Load(T* from) => new(Vector512.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LoadFirst(T* from, int count) => typeof(T) == typeof(float)
        ? new(Simd.WideLoadFirst((float*)from, count).As<float, T>())
        : throw new NotSupportedException($"Lanes of {typeof(T)} are read whole.");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> All(T value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplyAdd(Lanes512<T> a, Lanes512<T> b, Lanes512<T> c) =>
        new(Simd.MultiplyAdd(a.value, b.value, c.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* to) => value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreFirst(T* to, int count)
    {
        if (typeof(T) == typeof(float))
            Simd.WideStoreFirst(value.AsSingle(), (float*)to, count);
        else
            throw new NotSupportedException($"Lanes of {typeof(T)} are written whole.");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes512<T> ReverseFirst(int count) => typeof(T) == typeof(float)
        ? new(Avx512F.PermuteVar16x32(value.AsSingle(), Vector512.Create(count - 1) - Vector512<int>.Indices).As<float, T>())
        : throw new NotSupportedException($"Lanes of {typeof(T)} keep their order.");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreIntegers(int* to)
    {
        if (typeof(T) == typeof(float))
            Avx512F.ConvertToVector512Int32WithTruncation(value.AsSingle()).Store(to);
        else
            throw new NotSupportedException($"Lanes of {typeof(T)} do not become integers.");
    }

    public T Sum() => Vector256.Sum(value.GetLower() + value.GetUpper());
}

/// <summary>256 bits, for use where <see cref="Simd.IsFast"/>.</summary>
internal readonly unsafe struct Lanes256<T>(Vector256<T> value) : ILanes<Lanes256<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Vector256<T> value = value;

    public static int Count => Vector256<T>.Count;

    public static Lanes256<T> Indices
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256<T>.Indices);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator +(Lanes256<T> a, Lanes256<T> b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> a, Lanes256<T> b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Min(Lanes256<T> a, Lanes256<T> b) => new(typeof(T) == typeof(float)
        ? Avx.Min(a.value.AsSingle(), b.value.AsSingle()).As<float, T>()
        : Avx.Min(a.value.AsDouble(), b.value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Max(Lanes256<T> a, Lanes256<T> b) => new(typeof(T) == typeof(float)
        ? Avx.Max(a.value.AsSingle(), b.value.AsSingle()).As<float, T>()
        : Avx.Max(a.value.AsDouble(), b.value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Floor(Lanes256<T> value) => new(typeof(T) == typeof(float)
        ? Vector256.Floor(value.value.AsSingle()).As<float, T>()
        : Vector256.Floor(value.value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Load(T* from) => new(Vector256.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LoadFirst(T* from, int count) => typeof(T) == typeof(float)
        ? new(Simd.LoadFirst((float*)from, count).As<float, T>())
        : throw new NotSupportedException($"Lanes of {typeof(T)} are read whole.");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> All(T value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplyAdd(Lanes256<T> a, Lanes256<T> b, Lanes256<T> c) =>
        new(Simd.MultiplyAdd(a.value, b.value, c.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* to) => value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreFirst(T* to, int count)
    {
        if (typeof(T) == typeof(float))
            Simd.StoreFirst(value.AsSingle(), (float*)to, count);
        else
            throw new NotSupportedException($"Lanes of {typeof(T)} are written whole.");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes256<T> ReverseFirst(int count) => typeof(T) == typeof(float)
        ? new(Avx2.PermuteVar8x32(value.AsSingle(), Vector256.Create(count - 1) - Vector256<int>.Indices).As<float, T>())
        : throw new NotSupportedException($"Lanes of {typeof(T)} keep their order.");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreIntegers(int* to)
    {
        if (typeof(T) == typeof(float))
            Avx.ConvertToVector256Int32WithTruncation(value.AsSingle()).Store(to);
        else
            throw new NotSupportedException($"Lanes of {typeof(T)} do not become integers.");
    }

    public T Sum() => Vector256.Sum(value);
}

/// <summary>One value: the scalar form.</summary>
internal readonly unsafe struct OneLane<T>(T value) : ILanes<OneLane<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T value = value;

    public static int Count => 1;

    public static OneLane<T> Indices => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> operator +(OneLane<T> a, OneLane<T> b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> operator -(OneLane<T> a, OneLane<T> b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> Min(OneLane<T> a, OneLane<T> b) => a.value < b.value ? a : b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> Max(OneLane<T> a, OneLane<T> b) => a.value > b.value ? a : b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> Floor(OneLane<T> value) => new(T.Floor(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> LoadFirst(T* from, int count) => count > 0 ? new(*from) : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> Load(T* from) => new(*from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> All(T value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> MultiplyAdd(OneLane<T> a, OneLane<T> b, OneLane<T> c) =>
        new(T.FusedMultiplyAdd(a.value, b.value, c.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* to) => *to = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreFirst(T* to, int count)
    {
        if (count > 0)
            *to = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public OneLane<T> ReverseFirst(int count) => this;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreIntegers(int* to) => *to = int.CreateTruncating(value);

    public T Sum() => value;
}
