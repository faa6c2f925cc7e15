using System.Numerics;

using Stn.Data.Pictures.Interop;

namespace Stn.Data.Pictures;

/// <summary>A picture to draw on.</summary>
/// <remarks>
/// Convention: x to the right, y down. Whole numbers name pixels; in the fractional coordinates of lines, (0, 0) is the
/// upper left corner of the first pixel and (0.5, 0.5) its centre. What lies outside is cut off.
/// </remarks>
public sealed partial class Canvas : IDisposable
{
    private readonly GdImage image;

    /// <summary>A canvas of one colour.</summary>
    /// <exception cref="ArgumentException">The size is not one of a picture.</exception>
    /// <exception cref="DllNotFoundException">libgd is not installed.</exception>
    public Canvas(int height, int width, Colour background)
    {
        Picture.CheckSize(height, width);
        (Height, Width) = (height, width);
        image = GdImage.Create(height, width);
        Clear(background);
    }

    /// <summary>The number of rows.</summary>
    public int Height { get; }

    /// <summary>The number of columns.</summary>
    public int Width { get; }

    /// <summary>Covers everything with one colour.</summary>
    public void Clear(Colour colour) => FillRectangle(0, 0, Width, Height, colour);

    /// <summary>Covers the pixels from (x, y) on, <paramref name="width"/> to the right and <paramref name="height"/> down.</summary>
    public void FillRectangle(int x, int y, int width, int height, Colour colour)
    {
        if (width > 0 && height > 0)
            Gd.FillRectangle(image, x, y, x + width - 1, y + height - 1, colour.Packed);
    }

    /// <summary>Draws a picture with its upper left corner at (x, y), each pixel as a square of <paramref name="zoom"/> pixels.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="zoom"/> is not positive.</exception>
    public void Draw(Picture picture, int x, int y, int zoom = 1)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(zoom);
        using var source = GdImage.From(picture);
        Gd.CopyResized(image, source, x, y, 0, 0, picture.Width * zoom, picture.Height * zoom, picture.Width, picture.Height);
    }

    /// <summary>Draws a smooth line with round ends; one without length is a dot.</summary>
    public void Line(Vector2 from, Vector2 to, Colour colour, float thickness = 1) =>
        Polyline([from, to], colour, thickness);

    /// <summary>Draws a smooth closed outline.</summary>
    public void Polygon(ReadOnlySpan<Vector2> points, Colour colour, float thickness = 1) =>
        Polyline([.. points, .. points[..Math.Min(1, points.Length)]], colour, thickness);

    /// <summary>Draws smooth lines from each point to the next.</summary>
    /// <remarks>A point that is not finite interrupts the line.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="thickness"/> is not positive.</exception>
    public void Polyline(ReadOnlySpan<Vector2> points, Colour colour, float thickness = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(thickness);
        var covered = new Dictionary<(int X, int Y), float>();
        for (var i = 1; i < points.Length; i++)
        {
            if (float.IsFinite((points[i - 1] + points[i]).LengthSquared()))
                Cover(covered, points[i - 1], points[i], thickness / 2);
        }

        foreach (var ((x, y), cover) in covered)
            Gd.SetPixel(image, x, y, (colour with { Alpha = (byte)(colour.Alpha * cover) }).Packed);
    }

    /// <summary>What has been drawn so far, without alpha.</summary>
    public Picture ToPicture() => image.ToPicture(Height, Width, channels: 3);

    /// <summary>Frees the memory of libgd.</summary>
    public void Dispose() => image.Dispose();

    // libgd's own smooth lines are one pixel wide and end on whole pixels. Here a pixel is covered by as much of the
    // line as the distance from its centre says: exact for a straight edge along the axes, close to it for others.
    // Where lines meet the larger part counts, once: what is half covered by two is not darker.
    private void Cover(Dictionary<(int X, int Y), float> covered, Vector2 from, Vector2 to, float radius)
    {
        var reach = new Vector2(radius + 1);
        var (low, high) = (Vector2.Min(from, to) - reach, Vector2.Max(from, to) + reach);
        var direction = to - from;
        var scale = 1 / Math.Max(direction.LengthSquared(), 1e-30f); // finite for a dot, too
        for (var y = (int)Math.Max(0, low.Y); y < Math.Min(Height, high.Y); y++)
        {
            for (var x = (int)Math.Max(0, low.X); x < Math.Min(Width, high.X); x++)
            {
                var offset = new Vector2(x + 0.5f, y + 0.5f) - from;
                var along = Math.Clamp(Vector2.Dot(offset, direction) * scale, 0, 1);
                var distance = (offset - (along * direction)).Length();
                var cover = Math.Clamp(radius + 0.5f - distance, 0, Math.Min(1, 2 * radius));
                if (cover > 0)
                    covered[(x, y)] = Math.Max(cover, covered.GetValueOrDefault((x, y)));
            }
        }
    }
}
