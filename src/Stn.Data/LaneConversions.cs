using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Stn.Data;

/// <summary>Conversions of a vector of numbers, by one instruction each where the processor has it.</summary>
internal static class LaneConversions
{
    /// <summary>Towards zero, of numbers that fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> ToInt32(Vector512<double> values)
    {
        if (Avx512F.IsSupported)
            return Avx512F.ConvertToVector256Int32WithTruncation(values);
        return Vector256.Create(ToInt32(values.GetLower()), ToInt32(values.GetUpper()));
    }

    /// <summary>Exactly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ToDouble(Vector256<int> values)
    {
        if (Avx512F.IsSupported)
            return Avx512F.ConvertToVector512Double(values);
        return Vector512.Create(ToDouble(values.GetLower()), ToDouble(values.GetUpper()));
    }

    /// <summary>Of numbers from 0 to 255, the first in the lowest byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ToBytes(Vector256<int> values)
    {
        if (Avx512F.VL.IsSupported)
            return Avx512F.VL.ConvertToVector128Byte(values).AsUInt64().ToScalar();
        var words = Vector128.Narrow(values.GetLower(), values.GetUpper()).AsUInt16();
        return Vector128.Narrow(words, words).AsUInt64().ToScalar();
    }

    /// <summary>Sixteen bytes as numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> ToInt32(Vector128<byte> values)
    {
        if (Avx512F.IsSupported)
            return Avx512F.ConvertToVector512Int32(values);
        var (low, high) = Vector256.Widen(Vector256.Create(Vector128.WidenLower(values), Vector128.WidenUpper(values)));
        return Vector512.Create(low, high).AsInt32();
    }

    private static Vector128<int> ToInt32(Vector256<double> values) => Avx.IsSupported
        ? Avx.ConvertToVector128Int32WithTruncation(values)
        : Vector128.Create((int)values[0], (int)values[1], (int)values[2], (int)values[3]);

    private static Vector256<double> ToDouble(Vector128<int> values) => Avx.IsSupported
        ? Avx.ConvertToVector256Double(values)
        : Vector256.Create((double)values[0], values[1], values[2], values[3]);
}
