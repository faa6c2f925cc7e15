namespace Stn.Data.Pictures;

/// <summary>A picture of a contact sheet and what is written below it.</summary>
/// <param name="Picture">Drawn with the sheet's zoom.</param>
/// <param name="Caption">One line, or several with line feeds between; may be empty.</param>
/// <param name="Frame">The colour of a frame around the picture, to set it apart (a mistake, say); null for none.</param>
public sealed record ContactSheetCell(Picture Picture, string Caption, Colour? Frame = null);

/// <summary>Pictures with captions in rows and columns under a title, on a light ground.</summary>
/// <param name="Title">Written above, on one line; may be empty.</param>
/// <param name="Columns">Cells in a row.</param>
/// <param name="Cells">Row by row; the last row may be short.</param>
public sealed record ContactSheet(string Title, int Columns, IReadOnlyList<ContactSheetCell> Cells)
{
    private const int TitleSize = 20;
    private const int CaptionSize = 13;
    private const int CaptionLine = 18;
    private const int CaptionGap = 6;
    private const int FrameWidth = 3;

    private static readonly Colour Ground = new(245, 246, 248);
    private static readonly Colour TitleInk = new(28, 32, 38);
    private static readonly Colour CaptionInk = new(74, 80, 90);

    /// <summary>How many pixels wide each pixel of a picture becomes; sharp squares, no blur.</summary>
    public int Zoom { get; init; } = 1;

    /// <summary>The space between cells and around the sheet, in pixels.</summary>
    public int Padding { get; init; } = 18;

    /// <summary>Draws the sheet; every cell is as large as the largest needs.</summary>
    /// <exception cref="ArgumentException">There is no cell, a number is out of range, or the sheet would be too large.</exception>
    /// <exception cref="FileNotFoundException">The fonts are not installed.</exception>
    public Picture Render()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Columns);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Zoom);
        ArgumentOutOfRangeException.ThrowIfNegative(Padding);
        if (Cells.Count == 0)
            throw new ArgumentException("a contact sheet needs at least one cell");

        var columns = Math.Min(Columns, Cells.Count);
        var rows = (Cells.Count + columns - 1) / columns;
        var cell = CellSize();
        var top = Title.Length == 0 ? Padding : (2 * Padding) + TitleSize;
        var inner = Math.Max((columns * (cell.Width + Padding)) - Padding, Canvas.MeasureText(Title, TitleSize, bold: true));
        using var canvas = new Canvas(top + (rows * (cell.Height + Padding)), inner + (2 * Padding), Ground);
        canvas.Text(Title, Padding, Padding + TitleSize - 3, TitleSize, TitleInk, bold: true);
        for (var i = 0; i < Cells.Count; i++)
        {
            var x = Padding + (i % columns * (cell.Width + Padding));
            var y = top + (i / columns * (cell.Height + Padding));
            DrawCell(canvas, Cells[i], x, y, cell);
        }

        return canvas.ToPicture();
    }

    private (int Width, int Height, int Pictures) CellSize()
    {
        var width = Cells.Max(cell => cell.Picture.Width * Zoom);
        var pictures = Cells.Max(cell => cell.Picture.Height * Zoom);
        var lines = Cells.Max(cell => Lines(cell.Caption).Length);
        width = Math.Max(width, Cells.SelectMany(cell => Lines(cell.Caption)).Select(line => Canvas.MeasureText(line, CaptionSize)).Append(0).Max());
        return (width, pictures + (lines == 0 ? 0 : CaptionGap + (lines * CaptionLine)), pictures);
    }

    private void DrawCell(Canvas canvas, ContactSheetCell cell, int x, int y, (int Width, int Height, int Pictures) size)
    {
        var (width, height) = (cell.Picture.Width * Zoom, cell.Picture.Height * Zoom);
        var left = x + ((size.Width - width) / 2);
        var top = y + ((size.Pictures - height) / 2);
        if (cell.Frame is { } frame)
            canvas.FillRectangle(left - FrameWidth, top - FrameWidth, width + (2 * FrameWidth), height + (2 * FrameWidth), frame);
        canvas.Draw(cell.Picture, left, top, Zoom);

        var baseline = y + size.Pictures + CaptionGap + CaptionSize;
        foreach (var line in Lines(cell.Caption))
        {
            canvas.Text(line, x + (size.Width / 2), baseline, CaptionSize, CaptionInk, TextAlign.Centre);
            baseline += CaptionLine;
        }
    }

    private static string[] Lines(string caption) => caption.Length == 0 ? [] : caption.Split('\n');
}
