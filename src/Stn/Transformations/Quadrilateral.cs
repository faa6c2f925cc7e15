using Stn.Kernels;

namespace Stn.Transformations;

/// <summary>Four pixels of a source that become the corner pixels of a target: a page in a photograph becomes upright.</summary>
/// <remarks>
/// Convention: pixel positions, (0, 0) at the centre of the first pixel; given around the quadrilateral from what becomes the upper left
/// corner, then upper right, lower right, lower left. The other way around they mirror the picture.
/// </remarks>
public sealed class Quadrilateral
{
    private const double Flat = 1e-9; // the sine of a corner's angle below which three corners count as one line
    private readonly (double X, double Y)[] _corners;

    /// <summary>Takes four corners.</summary>
    /// <param name="corners">Pixel positions in the source, in turn.</param>
    /// <exception cref="ArgumentException">They are not four finite points around a convex quadrilateral: no projective map reaches them.</exception>
    public Quadrilateral(params ReadOnlySpan<(double X, double Y)> corners)
    {
        if (corners.Length != 4)
            throw new ArgumentException($"a quadrilateral has 4 corners, got {corners.Length}", nameof(corners));
        _corners = corners.ToArray();
        var turns = Enumerable.Range(0, 4).Select(Turn).ToArray();
        if (!turns.All(turn => turn > Flat) && !turns.All(turn => turn < -Flat)) // NaN is neither
        {
            throw new ArgumentException(
                $"the corners {string.Join(' ', _corners.Select(c => $"({c.X}, {c.Y})"))} are not those of a convex quadrilateral: three lie on a line, or its sides cross; "
                + "give them around it: upper left, upper right, lower right, lower left",
                nameof(corners));
        }
    }

    /// <summary>A size at which the longer of two opposite sides keeps its pixels.</summary>
    public Plane NaturalSize => new(Pixels(Side(1), Side(3)), Pixels(Side(0), Side(2)));

    /// <summary>The projective transformation that reads the quadrilateral.</summary>
    /// <param name="source">The size of U.</param>
    /// <param name="target">The size of V, at least 2×2.</param>
    /// <param name="align">Where ±1 lies; the pixels read are the same for both.</param>
    /// <exception cref="ArgumentException">The target has a side of one pixel, whose two corners are the same.</exception>
    public FamilyMember Transformation(Plane source, Plane target, AlignCorners align)
    {
        if (target.Height < 2 || target.Width < 2)
            throw new ArgumentException($"four corners need an output of at least 2x2 pixels, got {target.Width}x{target.Height}", nameof(target));
        var fromPixels = new PlaneMatrix(1.0 / (target.Width - 1), 0, 0, 0, 1.0 / (target.Height - 1), 0, 0, 0, 1);
        var projective = new ProjectiveTransformation();
        return new FamilyMember(projective, projective.Theta(PixelMatrix.ToNormalised(OfUnitSquare() * fromPixels, source, target, align)));
    }

    // Heckbert's closed form: (0,0), (1,0), (1,1), (0,1) go to the corners.
    private PlaneMatrix OfUnitSquare()
    {
        var (p, q, r, s) = (_corners[0], _corners[1], _corners[2], _corners[3]);
        var (right, down, rest) = (Minus(q, r), Minus(s, r), (X: p.X - q.X + r.X - s.X, Y: p.Y - q.Y + r.Y - s.Y));
        var area = Cross(right, down);
        var (g, h) = (Cross(rest, down) / area, Cross(right, rest) / area);
        return new PlaneMatrix(
            q.X - p.X + (g * q.X), s.X - p.X + (h * s.X), p.X,
            q.Y - p.Y + (g * q.Y), s.Y - p.Y + (h * s.Y), p.Y, g, h, 1);
    }

    // The sine of the angle at a corner: positive where the way turns clockwise as seen.
    private double Turn(int corner)
    {
        var (into, away) = (Minus(_corners[corner], _corners[(corner + 3) % 4]), Minus(_corners[(corner + 1) % 4], _corners[corner]));
        return Cross(into, away) / (Length(into) * Length(away));
    }

    private static int Pixels(double side, double opposite) => (int)Math.Round(Math.Max(side, opposite) + 1); // saturates

    private double Side(int corner) => Length(Minus(_corners[(corner + 1) % 4], _corners[corner]));

    private static (double X, double Y) Minus((double X, double Y) a, (double X, double Y) b) => (a.X - b.X, a.Y - b.Y);

    private static double Cross((double X, double Y) a, (double X, double Y) b) => (a.X * b.Y) - (a.Y * b.X);

    private static double Length((double X, double Y) a) => Math.Sqrt((a.X * a.X) + (a.Y * a.Y));
}
