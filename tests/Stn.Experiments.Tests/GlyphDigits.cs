using Stn.Data;
using Stn.Kernels;

namespace Stn.Experiments.Tests;

/// <summary>Digits as a pocket calculator shows them: a data set of nothing but arithmetic.</summary>
internal static class GlyphDigits
{
    private const int Side = 28;

    // Lit segments of 0 … 9: top, upper left, upper right, middle, lower left, lower right, bottom.
    private static readonly string[] Segments =
        ["1110111", "0010010", "1011101", "1011011", "0111010", "1101011", "1101111", "1010010", "1111111", "1111011"];

    // First row, first column, height, width of each segment.
    private static readonly (int Row, int Column, int Height, int Width)[] Bars =
        [(4, 8, 3, 12), (4, 8, 11, 3), (4, 17, 11, 3), (12, 8, 3, 12), (12, 8, 12, 3), (12, 17, 12, 3), (21, 8, 3, 12)];

    /// <summary>So many digits, 0 to 9 in turn, each a little other in its ink.</summary>
    public static LabelledImages Of(int count)
    {
        var pixels = new byte[count * Side * Side];
        for (var i = 0; i < count; i++)
            Draw(pixels.AsSpan(i * Side * Side, Side * Side), i % 10, (byte)(255 - (i / 10 % 20 * 4)));
        return new LabelledImages(new Plane(Side, Side), pixels, Enumerable.Range(0, count).Select(i => (byte)(i % 10)).ToArray());
    }

    /// <summary>Digits to learn from and digits to be tested on.</summary>
    public static Mnist Mnist(int train, int test) => new(Of(train), Of(test));

    private static void Draw(Span<byte> image, int digit, byte ink)
    {
        for (var segment = 0; segment < Bars.Length; segment++)
        {
            if (Segments[digit][segment] == '0')
                continue;
            var (row, column, height, width) = Bars[segment];
            for (var y = row; y < row + height; y++)
                image.Slice((y * Side) + column, width).Fill(ink);
        }
    }
}
