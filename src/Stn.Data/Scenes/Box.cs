namespace Stn.Data.Scenes;

/// <summary>A rectangle in pixels: (0, 0) is the upper left corner of the first pixel, x to the right, y down.</summary>
/// <param name="Left">The left edge.</param>
/// <param name="Top">The upper edge.</param>
/// <param name="Right">The right edge, not before the left one.</param>
/// <param name="Bottom">The lower edge, not above the upper one.</param>
public readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    /// <summary>Width times height; 0 where an edge is before its opposite.</summary>
    public double Area => Math.Max(0, Right - Left) * Math.Max(0, Bottom - Top);

    /// <summary>The area that both cover over the area that at least one covers, 0 to 1; 0 where a number is NaN or both are empty.</summary>
    public double IntersectionOverUnion(Box other)
    {
        var both = new Box(Math.Max(Left, other.Left), Math.Max(Top, other.Top), Math.Min(Right, other.Right), Math.Min(Bottom, other.Bottom)).Area;
        var either = Area + other.Area - both;
        return either > 0 ? both / either : 0;
    }
}
