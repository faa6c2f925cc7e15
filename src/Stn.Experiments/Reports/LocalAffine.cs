using Stn.Transformations;

namespace Stn.Experiments.Reports;

/// <summary>A transformation near the middle of its target: source ≈ Origin + (XX·x + XY·y, YX·x + YY·y). Of an affine one, all of it.</summary>
internal readonly record struct LocalAffine(double XX, double XY, double YX, double YY, NormalizedPoint Origin)
{
    private const double Step = 1e-4; // of central differences: an error of 1e-8 of the third derivative

    /// <summary>√|det|, the side of a small square's image.</summary>
    internal double Scale => Math.Sqrt(Math.Abs(Determinant));

    /// <summary>The nearest rotation, in degrees, counter-clockwise as seen with y downwards.</summary>
    internal double Degrees => Math.Atan2(XY - YX, XX + YY) * 180 / Math.PI;

    private double Determinant => (XX * YY) - (XY * YX);

    internal static LocalAffine Of(Transformation family, ReadOnlySpan<double> theta)
    {
        var (right, left) = (family.Map(theta, new(Step, 0)), family.Map(theta, new(-Step, 0)));
        var (below, above) = (family.Map(theta, new(0, Step)), family.Map(theta, new(0, -Step)));
        return new(
            Slope(left.X, right.X), Slope(above.X, below.X), Slope(left.Y, right.Y), Slope(above.Y, below.Y), family.Map(theta, new(0, 0)));

        static double Slope(double before, double after) => (after - before) / (2 * Step);
    }

    /// <summary>The target point that reads a source point; not finite where all targets read one line.</summary>
    internal NormalizedPoint TargetOf(NormalizedPoint source)
    {
        var (x, y) = (source.X - Origin.X, source.Y - Origin.Y);
        return new(((YY * x) - (XY * y)) / Determinant, ((XX * y) - (YX * x)) / Determinant);
    }
}
