using System.Runtime.CompilerServices;
using Stn.Kernels;

namespace Stn.Data.Distortions;

/// <summary>
/// Where the corners of an image's frame lie in a canvas, in canvas pixels (0 is the centre of the first): upper left, upper right, lower
/// right, lower left.
/// </summary>
[InlineArray(4)]
internal struct FrameCorners
{
    private (double X, double Y) _first;

    /// <summary>The frame in the middle of a canvas, scaled.</summary>
    public static FrameCorners Of(Plane image, Plane canvas, double scale)
    {
        var (middleX, middleY) = ((canvas.Width - 1) / 2.0, (canvas.Height - 1) / 2.0);
        var (halfX, halfY) = (scale * image.Width / 2, scale * image.Height / 2);
        var corners = default(FrameCorners);
        corners[0] = (middleX - halfX, middleY - halfY);
        corners[1] = (middleX + halfX, middleY - halfY);
        corners[2] = (middleX + halfX, middleY + halfY);
        corners[3] = (middleX - halfX, middleY + halfY);
        return corners;
    }

    /// <summary>The same with one corner elsewhere.</summary>
    public readonly FrameCorners Move(int corner, double right, double down)
    {
        var moved = this;
        moved[corner] = (this[corner].X + right, this[corner].Y + down);
        return moved;
    }

    /// <summary>True where the corners, in their order, go round a convex quadrilateral as those of an image do: the frame is not folded.</summary>
    public readonly bool IsConvex => Turn(0) > 0 && Turn(1) > 0 && Turn(2) > 0 && Turn(3) > 0;

    /// <summary>The map of the image's pixels to the canvas's; null where the frame is folded.</summary>
    public readonly Homography? ToCanvas(Plane image) => IsConvex ? Homography.OfFrame(this, image) : null;

    private readonly double Turn(int corner)
    {
        var (before, at, after) = (this[(corner + 3) % 4], this[corner], this[(corner + 1) % 4]);
        return ((at.X - before.X) * (after.Y - at.Y)) - ((at.Y - before.Y) * (after.X - at.X));
    }
}
