using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Stn.Data;

/// <summary>Pixels as the numbers that networks read: 0 black to 1 white.</summary>
internal static class ByteValues
{
    private static readonly float[] s_numbers = [.. Enumerable.Range(0, 256).Select(value => value / 255f)];

    /// <summary>Divides each byte by 255.</summary>
    public static void ToNumbers(ReadOnlySpan<byte> pixels, Span<float> numbers)
    {
        numbers = numbers[..pixels.Length];
        var done = 0;
        ref var from = ref MemoryMarshal.GetReference(pixels);
        ref var to = ref MemoryMarshal.GetReference(numbers);
        for (; done <= pixels.Length - Vector128<byte>.Count; done += Vector128<byte>.Count)
            Divided(Vector128.LoadUnsafe(ref from, (nuint)done)).StoreUnsafe(ref to, (nuint)done);

        for (; done < pixels.Length; done++)
            numbers[done] = s_numbers[pixels[done]];
    }

    /// <summary>The quotients themselves, without a division: a product with 1/255, and what it lacks a second time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Divided(Vector128<byte> pixels)
    {
        var values = Vector512.ConvertToSingle(LaneConversions.ToInt32(pixels));
        var inverse = Vector512.Create(1 / 255f);
        var near = values * inverse;
        var rest = Vector512.FusedMultiplyAdd(near, Vector512.Create(-255f), values);
        return Vector512.FusedMultiplyAdd(rest, inverse, near);
    }
}
