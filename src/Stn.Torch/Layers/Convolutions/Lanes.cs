using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Stn.Torch.Layers.Convolutions;

/// <summary>As many floats as a vector of the processor holds; a mask is a vector as well.</summary>
internal unsafe interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    static abstract int Count { get; }

    static abstract TSelf Load(float* from);

    static abstract TSelf All(float value);

    /// <summary>a·b + c.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>Where a candidate takes the place of the best so far, by libtorch's rule for poolings: it is larger, or not a number.</summary>
    static abstract TSelf Replaces(TSelf candidate, TSelf best);

    /// <summary>Where a number is at most zero.</summary>
    static abstract TSelf IsOff(TSelf value);

    static abstract TSelf Select(TSelf mask, TSelf yes, TSelf no);

    void Store(float* to);

    /// <summary>Stores small whole numbers as bytes.</summary>
    void StoreBytes(byte* to);
}

/// <summary>AVX-512.</summary>
internal readonly unsafe struct Lanes16(Vector512<float> value) : ILanes<Lanes16>
{
    private readonly Vector512<float> _value = value;

    public static int Count => 16;

    public static bool AreFast => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Load(float* from) => new(Vector512.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 All(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 MultiplyAdd(Lanes16 a, Lanes16 b, Lanes16 c) => new(Avx512F.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Replaces(Lanes16 candidate, Lanes16 best) =>
        new(Vector512.GreaterThan(candidate._value, best._value) | ~Vector512.Equals(candidate._value, candidate._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 IsOff(Lanes16 value) => new(Vector512.LessThanOrEqual(value._value, Vector512<float>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Select(Lanes16 mask, Lanes16 yes, Lanes16 no) => new(Vector512.ConditionalSelect(mask._value, yes._value, no._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to) => _value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreBytes(byte* to) => Avx512F.ConvertToVector128Byte(Avx512F.ConvertToVector512Int32(_value)).Store(to);
}

/// <summary>AVX2 with FMA.</summary>
internal readonly unsafe struct Lanes8(Vector256<float> value) : ILanes<Lanes8>
{
    private readonly Vector256<float> _value = value;

    public static int Count => 8;

    public static bool AreFast => Avx2.IsSupported && Fma.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Load(float* from) => new(Vector256.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 All(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 MultiplyAdd(Lanes8 a, Lanes8 b, Lanes8 c) => new(Fma.MultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Replaces(Lanes8 candidate, Lanes8 best) =>
        new(Vector256.GreaterThan(candidate._value, best._value) | ~Vector256.Equals(candidate._value, candidate._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 IsOff(Lanes8 value) => new(Vector256.LessThanOrEqual(value._value, Vector256<float>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Select(Lanes8 mask, Lanes8 yes, Lanes8 no) => new(Vector256.ConditionalSelect(mask._value, yes._value, no._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to) => _value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreBytes(byte* to)
    {
        var whole = Avx.ConvertToVector256Int32(_value);
        var words = Sse2.PackSignedSaturate(whole.GetLower(), whole.GetUpper());
        *(long*)to = Sse2.PackUnsignedSaturate(words, words).AsInt64().ToScalar();
    }
}
