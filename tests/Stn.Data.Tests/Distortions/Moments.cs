namespace Stn.Data.Tests.Distortions;

/// <summary>Where the ink of a square image lies, from its centre, and along which line: what a pose does to it is known.</summary>
/// <param name="X">The ink's centre, to the right of the image's.</param>
/// <param name="Y">The ink's centre, below the image's.</param>
/// <param name="AngleDegrees">The line of the ink's longest extent, counter-clockwise from the horizontal, within a half turn.</param>
/// <param name="Length">The ink's deviation along that line.</param>
internal readonly record struct Moments(double X, double Y, double AngleDegrees, double Length)
{
    public static Moments Of(byte[] image, int size)
    {
        var middle = (size - 1) / 2.0;
        var points = image.Select((ink, i) => (Ink: (double)ink, X: (i % size) - middle, Y: (i / size) - middle)).ToArray();
        var mass = points.Sum(point => point.Ink);
        var (x, y) = (points.Sum(point => point.Ink * point.X) / mass, points.Sum(point => point.Ink * point.Y) / mass);
        var xx = points.Sum(point => point.Ink * (point.X - x) * (point.X - x)) / mass;
        var yy = points.Sum(point => point.Ink * (point.Y - y) * (point.Y - y)) / mass;
        var xy = points.Sum(point => point.Ink * (point.X - x) * (point.Y - y)) / mass;
        // y points down, so a line that rises to the right has negative xy.
        var angle = 0.5 * Math.Atan2(-2 * xy, xx - yy);
        var length = Math.Sqrt(((xx + yy) / 2) + Math.Sqrt((((xx - yy) / 2) * ((xx - yy) / 2)) + (xy * xy)));
        return new Moments(x, y, angle * 180 / Math.PI, length);
    }
}
