using System.Numerics;
using Stn.Data.Pictures;

namespace Stn.Experiments.Pictures;

/// <summary>Draws a sampling grid over its source, as in the paper's figure 3.</summary>
public sealed record GridDrawing
{
    private const int LinesPerSide = 14;

    /// <summary>Draws every so many rows and columns of the target; null for about 14 lines along its longer side.</summary>
    public int? Step { get; init; }

    /// <summary>Of the lines.</summary>
    public Colour LineColour { get; init; } = new(0x12, 0x8a, 0x6b);

    /// <summary>Of the points.</summary>
    public Colour PointColour { get; init; } = new(0xe0, 0x3b, 0x2f);

    /// <summary>Of the outline of what the target shows.</summary>
    public Colour OutlineColour { get; init; } = new(0xff, 0xb0, 0x00);

    /// <summary>What lies around the source.</summary>
    public Colour Ground { get; init; } = new(0xee, 0xf0, 0xf2);

    /// <summary>Canvas pixels of a pixel of the source; null for a picture of some 500 pixels at least.</summary>
    public int? Zoom { get; init; }

    /// <summary>The source with the grid over it, and as much around it as the grid needs: half the source on each side at most.</summary>
    /// <param name="source">U.</param>
    /// <param name="grid">The grid, for a source of this size.</param>
    public Picture Over(Picture source, SamplingGrid grid)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(grid);
        var zoom = Zoom ?? Math.Max(1, 500 / Math.Max(source.Height, source.Width));
        var (width, height) = (source.Width * zoom, source.Height * zoom);
        var thickness = Math.Max(1, Math.Max(width, height) / 500f);
        var (left, top, right, bottom) = Margins(grid, (int)(4 * thickness) + 2, zoom);
        using var canvas = new Canvas(top + height + bottom, left + width + right, Ground);
        canvas.Draw(source, left, top, zoom);
        Draw(canvas, grid, new Vector2(left, top), zoom, thickness);
        return canvas.ToPicture();
    }

    /// <summary>Draws a grid alone: lines, points, outline.</summary>
    /// <param name="canvas">On which the source may be drawn already.</param>
    /// <param name="grid">The grid.</param>
    /// <param name="origin">Where the source's upper left corner lies on the canvas.</param>
    /// <param name="zoom">Canvas pixels of a pixel of the source.</param>
    /// <param name="thickness">Of a line; the outline and the points are wider.</param>
    public void Draw(Canvas canvas, SamplingGrid grid, Vector2 origin, float zoom, float thickness = 1)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(grid);
        var step = Step ?? Math.Max(1, (int)Math.Ceiling((Math.Max(grid.Target.Height, grid.Target.Width) - 1) / (double)LinesPerSide));
        foreach (var line in grid.Lines(step))
            canvas.Polyline(OnCanvas(line), LineColour, thickness);
        canvas.Polygon(OnCanvas(grid.Outline()), OutlineColour, 2 * thickness);
        foreach (var point in OnCanvas([.. grid.Points(step)]))
            canvas.Line(point, point, PointColour, 3.5f * thickness); // a line without length is a dot

        Vector2[] OnCanvas(Vector2[] points) => [.. points.Select(p => (p * zoom) + origin)];
    }

    private static (int Left, int Top, int Right, int Bottom) Margins(SamplingGrid grid, int edge, int zoom)
    {
        var size = new Vector2(grid.Source.Width, grid.Source.Height);
        var outline = grid.Outline().Where(p => float.IsFinite(p.X + p.Y)).ToArray();
        var low = outline.Aggregate(Vector2.Zero, Vector2.Min);
        var high = outline.Aggregate(size, Vector2.Max) - size;
        return (Margin(-low.X, size.X), Margin(-low.Y, size.Y), Margin(high.X, size.X), Margin(high.Y, size.Y));

        int Margin(float beyond, float side) => edge + (int)Math.Ceiling(Math.Min(beyond, side / 2) * zoom);
    }
}
