using Stn.Kernels;

namespace Stn.Data.Distortions;

/// <summary>A projective map of pixel positions: (x, y) goes to (A·x + B·y + C, D·x + E·y + F) / (G·x + H·y + I).</summary>
internal readonly record struct Homography(
    double A, double B, double C, double D, double E, double F, double G, double H, double I)
{
    /// <summary>The map that takes an image's frame to four corners in convex position.</summary>
    /// <remarks>The frame's corner lies half a pixel outside the first pixel's centre.</remarks>
    public static Homography OfFrame(FrameCorners to, Plane image)
    {
        // With (u, v) in [0, 1]² over the frame: the point is P + u·(Q − P + g·Q) + v·(S − P + h·S) over 1 + g·u + h·v.
        var (p, q, r, s) = (to[0], to[1], to[2], to[3]);
        var (topX, topY, sideX, sideY) = (q.X - r.X, q.Y - r.Y, s.X - r.X, s.Y - r.Y);
        var (restX, restY) = (p.X - q.X + r.X - s.X, p.Y - q.Y + r.Y - s.Y);
        var area = (topX * sideY) - (topY * sideX);
        var g = ((restX * sideY) - (restY * sideX)) / area;
        var h = ((topX * restY) - (topY * restX)) / area;
        return new Homography(
            q.X - p.X + (g * q.X), s.X - p.X + (h * s.X), p.X,
            q.Y - p.Y + (g * q.Y), s.Y - p.Y + (h * s.Y), p.Y,
            g, h, 1).AfterFrameOf(image);
    }

    /// <summary>Where a point goes.</summary>
    public (double X, double Y) Map(double x, double y)
    {
        var w = (G * x) + (H * y) + I;
        return (((A * x) + (B * y) + C) / w, ((D * x) + (E * y) + F) / w);
    }

    /// <summary>The map back, by the adjugate: the scale of all nine numbers says nothing.</summary>
    public Homography Inverse() => new(
        (E * I) - (F * H), (C * H) - (B * I), (B * F) - (C * E),
        (F * G) - (D * I), (A * I) - (C * G), (C * D) - (A * F),
        (D * H) - (E * G), (B * G) - (A * H), (A * E) - (B * D));

    // From pixels: u = (x + ½)/width.
    private Homography AfterFrameOf(Plane image)
    {
        var (a, b, d, e, g, h) = (A / image.Width, B / image.Height, D / image.Width, E / image.Height, G / image.Width, H / image.Height);
        return new(
            a, b, C + ((a + b) / 2),
            d, e, F + ((d + e) / 2),
            g, h, I + ((g + h) / 2));
    }
}
