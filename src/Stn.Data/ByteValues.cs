namespace Stn.Data;

/// <summary>Pixels as the numbers that networks read: 0 black to 1 white.</summary>
internal static class ByteValues
{
    private static readonly float[] s_numbers = [.. Enumerable.Range(0, 256).Select(value => value / 255f)];

    /// <summary>Divides each byte by 255.</summary>
    public static void ToNumbers(ReadOnlySpan<byte> pixels, Span<float> numbers)
    {
        for (var i = 0; i < pixels.Length; i++)
            numbers[i] = s_numbers[pixels[i]];
    }
}
