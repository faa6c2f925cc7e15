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
        {
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref from, (nuint)done));
            Store(low, ref to, done);
            Store(high, ref to, done + Vector128<ushort>.Count);
        }

        for (; done < pixels.Length; done++)
            numbers[done] = s_numbers[pixels[done]];
    }

    private static void Store(Vector128<ushort> pixels, ref float to, int at)
    {
        var (low, high) = Vector128.Widen(pixels);
        var numbers = Vector256.ConvertToSingle(Vector256.Create(low, high).AsInt32()) / Vector256.Create(255f);
        numbers.StoreUnsafe(ref to, (nuint)at);
    }
}
