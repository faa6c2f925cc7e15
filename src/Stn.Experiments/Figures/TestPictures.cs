using Stn.Data.Pictures;

namespace Stn.Experiments.Figures;

/// <summary>Pictures made by code, so that figures need no data set.</summary>
internal static class TestPictures
{
    private static readonly Colour Paper = new(0xf7, 0xf3, 0xe8);
    private static readonly Colour Square = new(0xe6, 0xe4, 0xd8);
    private static readonly Colour Edge = new(0x3b, 0x6e, 0xa5);
    private static readonly Colour Ink = new(0x24, 0x3b, 0x53);

    /// <summary>A white digit on black that fills most of a square, like one of MNIST.</summary>
    internal static Picture Digit(int side, string digit)
    {
        using var canvas = new Canvas(side, side, Colour.Black);
        Glyph(canvas, digit, Colour.White);
        return canvas.ToPicture();
    }

    /// <summary>A letter without symmetry on squared paper with a coloured edge: whatever happens to it can be seen.</summary>
    internal static Picture Card(int side, string letter)
    {
        const int Squares = 8;
        using var canvas = new Canvas(side, side, Paper);
        for (var i = 0; i < Squares * Squares; i++)
        {
            if (((i / Squares) + (i % Squares)) % 2 == 1)
                canvas.FillRectangle(i % Squares * side / Squares, i / Squares * side / Squares, side / Squares, side / Squares, Square);
        }

        Glyph(canvas, letter, Ink);
        var half = side / 64f;
        canvas.Polygon([new(half, half), new(side - half, half), new(side - half, side - half), new(half, side - half)], Edge, 2 * half);
        return canvas.ToPicture();
    }

    private static void Glyph(Canvas canvas, string glyph, Colour ink) =>
        canvas.Text(glyph, canvas.Width / 2, (int)(canvas.Height * 0.83), canvas.Height * 0.93f, ink, TextAlign.Centre, bold: true);
}
