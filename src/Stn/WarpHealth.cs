using Stn.Torch;
using Stn.Transformations;

namespace Stn;

/// <summary>What a spatial transformer does to a batch, in the numbers that tell a healthy one from a collapsed one.</summary>
/// <param name="OutsideShare">The share of the target's points whose source lies outside U, in [0, 1].</param>
/// <param name="Scale">The mean of √|area| of the sampled region over the batch, U's own being 1: below 1 it zooms in.</param>
/// <param name="SmallestArea">The smallest signed area in the batch: near 0 the region shrinks to a line or a point, below 0 it is mirrored. A region with a corner behind a projective horizon counts as 0.</param>
public sealed record WarpHealth(double OutsideShare, double Scale, double SmallestArea)
{
    private const int PointsPerAxis = 9;

    /// <summary>Measures a batch of θ on a 9×9 grid of target points from edge to edge.</summary>
    /// <param name="transformation">The family.</param>
    /// <param name="theta">θ, shape (N, P), N ≥ 1; any device, any float type.</param>
    public static WarpHealth Measure(Transformation transformation, Tensor theta)
    {
        ArgumentNullException.ThrowIfNull(transformation);
        ArgumentNullException.ThrowIfNull(theta);
        transformation.RequireShape(theta);
        using var copy = theta.Detach();
        using var wide = copy.To(DType.Float64);
        var numbers = wide.ToArray<double>();
        var parameters = transformation.ParameterCount;
        var images = (int)theta.Size(0);
        ArgumentOutOfRangeException.ThrowIfZero(images, nameof(theta));

        var (outside, scale, smallest) = (0L, 0.0, double.PositiveInfinity);
        for (var i = 0; i < images; i++)
        {
            var one = numbers.AsSpan(i * parameters, parameters);
            outside += CountOutside(transformation, one);
            var area = SignedArea(transformation, one);
            scale += Math.Sqrt(Math.Abs(area));
            smallest = Math.Min(smallest, area); // NaN wins: Math.Min returns it
        }

        return new WarpHealth(outside / (double)(images * PointsPerAxis * PointsPerAxis), scale / images, smallest);
    }

    private static int CountOutside(Transformation transformation, ReadOnlySpan<double> theta)
    {
        var outside = 0;
        for (var row = 0; row < PointsPerAxis; row++)
        {
            for (var column = 0; column < PointsPerAxis; column++)
            {
                var source = transformation.Map(theta, new NormalizedPoint(Coordinate(column), Coordinate(row)));
                if (!(Math.Abs(source.X) <= 1 && Math.Abs(source.Y) <= 1)) // NaN is outside
                    outside++;
            }
        }

        return outside;
    }

    // The shoelace formula on the target's four corners, over U's area of 4.
    private static double SignedArea(Transformation transformation, ReadOnlySpan<double> theta)
    {
        ReadOnlySpan<NormalizedPoint> corners = [new(-1, -1), new(1, -1), new(1, 1), new(-1, 1)];
        var twice = 0.0;
        for (var i = 0; i < corners.Length; i++)
        {
            var from = transformation.Map(theta, corners[i]);
            var to = transformation.Map(theta, corners[(i + 1) % corners.Length]);
            twice += (from.X * to.Y) - (to.X * from.Y);
        }

        return double.IsNaN(twice) && !theta.ContainsAny(double.NaN, double.PositiveInfinity, double.NegativeInfinity) ? 0 : twice / 2 / 4;
    }

    private static double Coordinate(int index) => (2.0 * index / (PointsPerAxis - 1)) - 1;
}
