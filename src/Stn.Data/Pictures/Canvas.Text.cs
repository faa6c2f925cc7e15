using System.Runtime.InteropServices;

using Stn.Data.Pictures.Interop;

namespace Stn.Data.Pictures;

/// <summary>Which part of a line of text lies at the x it is drawn at.</summary>
public enum TextAlign
{
    /// <summary>Its left end.</summary>
    Left,

    /// <summary>Its middle.</summary>
    Centre,

    /// <summary>Its right end.</summary>
    Right,
}

public sealed partial class Canvas
{
    private const double PointsPerPixel = 0.75;   // libgd counts 96 pixels an inch

    /// <summary>Draws one line of text.</summary>
    /// <param name="text">The line.</param>
    /// <param name="x">Where its left end, middle or right end lies.</param>
    /// <param name="baseline">The row on which the letters stand.</param>
    /// <param name="size">The height of the font in pixels, from line to line without a gap.</param>
    /// <param name="colour">Of the letters.</param>
    /// <param name="align">What lies at <paramref name="x"/>.</param>
    /// <param name="bold">The bold face.</param>
    /// <exception cref="FileNotFoundException">The fonts are not installed.</exception>
    public void Text(
        string text, int x, int baseline, float size, Colour colour, TextAlign align = TextAlign.Left, bool bold = false)
    {
        var left = align switch
        {
            TextAlign.Centre => x - (MeasureText(text, size, bold) / 2),
            TextAlign.Right => x - MeasureText(text, size, bold),
            _ => x,
        };
        Span<int> corners = stackalloc int[8];
        Check(Gd.DrawText(
            image, corners, colour.Packed, Font.Path(bold), size * PointsPerPixel, 0, left, baseline, Escape(text)));
    }

    /// <summary>The width in pixels of a line of text.</summary>
    /// <exception cref="FileNotFoundException">The fonts are not installed.</exception>
    public static int MeasureText(string text, float size, bool bold = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        Gd.Require();
        Span<int> corners = stackalloc int[8];
        Check(Gd.MeasureText(0, corners, 0, Font.Path(bold), size * PointsPerPixel, 0, 0, 0, Escape(text)));
        return corners[2];   // x of the lower right corner
    }

    // libgd reads HTML's entities in a text.
    private static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Replace("&", "&amp;", StringComparison.Ordinal);
    }

    private static void Check(nint error)
    {
        if (error != 0)
            throw new InvalidOperationException($"libgd cannot write text: {Marshal.PtrToStringUTF8(error)}");
    }
}
