using Stn.Torch;
using Stn.Transformations;

namespace Stn;

/// <summary>What a spatial transformer does to a batch, in the numbers that tell a healthy one from a collapsed one.</summary>
/// <param name="OutsideShare">The share of the target's points whose source lies outside U, in [0, 1].</param>
/// <param name="Scale">The mean of √|area| of the sampled region over the batch, U's own being 1: below 1 it zooms in.</param>
/// <param name="SmallestArea">The smallest signed area in the batch: near 0 the region shrinks to a line or a point, below 0 it is mirrored. A region with a corner behind a projective horizon counts as 0.</param>
/// <param name="FoldedShare">The share of the cells between the measured points whose area is not positive: those of a mirrored image, of a fold, or behind a projective horizon. Of volumes, the share of the batch whose volume is not positive.</param>
public sealed partial record WarpHealth(double OutsideShare, double Scale, double SmallestArea, double FoldedShare)
{
    private const int PointsPerAxis = 9;

    /// <summary>Measures a batch of θ on a 9×9 grid of target points from edge to edge.</summary>
    /// <param name="transformation">The family.</param>
    /// <param name="theta">θ, shape (N, P), N ≥ 1; any device, any float type.</param>
    public static WarpHealth Measure(Transformation transformation, Tensor theta)
    {
        var numbers = Numbers(transformation, theta);
        var images = (int)theta.Size(0);
        var areas = SignedAreas(transformation, numbers, images);
        var (outside, folded) = Count(transformation, numbers, images);
        return new WarpHealth(
            outside / (double)((long)images * PointsPerAxis * PointsPerAxis),
            areas.Average(area => Math.Sqrt(Math.Abs(area))),
            areas.Aggregate(Math.Min), // NaN wins: Math.Min returns it
            folded / (double)((long)images * (PointsPerAxis - 1) * (PointsPerAxis - 1)));
    }

    private static double[] Numbers(TransformationFamily transformation, Tensor theta)
    {
        ArgumentNullException.ThrowIfNull(transformation);
        ArgumentNullException.ThrowIfNull(theta);
        transformation.RequireShape(theta);
        ArgumentOutOfRangeException.ThrowIfZero(theta.Size(0), nameof(theta));
        using var copy = theta.Detach();
        using var wide = copy.To(DType.Float64);
        return wide.ToArray<double>();
    }

    // Point by point over the whole batch: a family with a basis evaluates it once for all. Two rows of points make a row of cells.
    private static (long Outside, long Folded) Count(Transformation transformation, double[] thetas, int images)
    {
        var (outside, folded) = (0L, 0L);
        var (above, row) = (Points(images), Points(images));
        for (var y = 0; y < PointsPerAxis; y++)
        {
            for (var x = 0; x < PointsPerAxis; x++)
            {
                transformation.Map(thetas, new NormalizedPoint(Coordinate(x), Coordinate(y)), row[x]);
                outside += row[x].Count(source => !(Math.Abs(source.X) <= 1 && Math.Abs(source.Y) <= 1)); // NaN is outside
                if (x > 0 && y > 0)
                    folded += CountFolded(above[x - 1], above[x], row[x], row[x - 1]);
            }

            (above, row) = (row, above);
        }

        return (outside, folded);
    }

    // Twice a cell's area is the cross product of its diagonals; NaN is folded.
    private static long CountFolded(NormalizedPoint[] a, NormalizedPoint[] b, NormalizedPoint[] c, NormalizedPoint[] d)
    {
        var folded = 0L;
        for (var i = 0; i < a.Length; i++)
            folded += ((c[i].X - a[i].X) * (d[i].Y - b[i].Y)) - ((d[i].X - b[i].X) * (c[i].Y - a[i].Y)) > 0 ? 0 : 1;
        return folded;
    }

    private static NormalizedPoint[][] Points(int images) => [.. Enumerable.Range(0, PointsPerAxis).Select(_ => new NormalizedPoint[images])];

    // The shoelace formula on the target's four corners, over U's area of 4.
    private static double[] SignedAreas(Transformation transformation, double[] thetas, int images)
    {
        ReadOnlySpan<NormalizedPoint> corners = [new(1, -1), new(1, 1), new(-1, 1), new(-1, -1)];
        var (twice, from, to) = (new double[images], new NormalizedPoint[images], new NormalizedPoint[images]);
        transformation.Map(thetas, corners[^1], from);
        foreach (var corner in corners)
        {
            transformation.Map(thetas, corner, to);
            for (var i = 0; i < images; i++)
                twice[i] += (from[i].X * to[i].Y) - (to[i].X * from[i].Y);
            (from, to) = (to, from);
        }

        var parameters = transformation.ParameterCount;
        return [.. twice.Select((sum, i) => double.IsNaN(sum) && IsFinite(thetas.AsSpan(i * parameters, parameters)) ? 0 : sum / 2 / 4)];
    }

    private static bool IsFinite(ReadOnlySpan<double> theta) =>
        !theta.ContainsAny(double.NaN, double.PositiveInfinity, double.NegativeInfinity);

    private static double Coordinate(int index) => (2.0 * index / (PointsPerAxis - 1)) - 1;
}
