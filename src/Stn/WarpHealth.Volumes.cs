using Stn.Torch;
using Stn.Transformations;

namespace Stn;

/// <content>The same of volumes.</content>
public sealed partial record WarpHealth
{
    /// <summary>
    /// Measures a batch of θ of volumes on 9×9×9 target points from edge to edge: areas are signed volumes, U's own being 1, and the
    /// scale is the mean of their cube roots.
    /// </summary>
    /// <remarks>The volume is that of the three lines that join opposite faces' centres: exact for affine families.</remarks>
    /// <param name="transformation">The family.</param>
    /// <param name="theta">θ, shape (N, P), N ≥ 1; any device, any float type.</param>
    public static WarpHealth Measure(Transformation3D transformation, Tensor theta)
    {
        var numbers = Numbers(transformation, theta);
        var (volumes, outside) = (new double[theta.Size(0)], 0L);
        for (var i = 0; i < volumes.Length; i++)
        {
            var one = numbers.AsSpan(i * transformation.ParameterCount, transformation.ParameterCount);
            volumes[i] = SignedVolume(transformation, one);
            outside += CountOutside(transformation, one);
        }

        var points = (double)PointsPerAxis * PointsPerAxis * PointsPerAxis;
        return new WarpHealth(
            outside / (volumes.Length * points), volumes.Average(volume => Math.Cbrt(Math.Abs(volume))), volumes.Aggregate(Math.Min),
            volumes.Count(volume => !(volume > 0)) / (double)volumes.Length);
    }

    private static long CountOutside(Transformation3D transformation, ReadOnlySpan<double> theta)
    {
        var outside = 0L;
        for (var point = 0; point < PointsPerAxis * PointsPerAxis * PointsPerAxis; point++)
        {
            var source = transformation.Map(
                theta, new NormalizedPoint3D(Coordinate(point % PointsPerAxis), Coordinate(point / PointsPerAxis % PointsPerAxis), Coordinate(point / (PointsPerAxis * PointsPerAxis))));
            outside += Math.Abs(source.X) <= 1 && Math.Abs(source.Y) <= 1 && Math.Abs(source.Z) <= 1 ? 0 : 1; // NaN is outside
        }

        return outside;
    }

    // The determinant of the lines between opposite faces' centres, over that of U's own, 8.
    private static double SignedVolume(Transformation3D transformation, ReadOnlySpan<double> theta)
    {
        var a = Line(transformation, theta, new NormalizedPoint3D(1, 0, 0));
        var b = Line(transformation, theta, new NormalizedPoint3D(0, 1, 0));
        var c = Line(transformation, theta, new NormalizedPoint3D(0, 0, 1));
        return ((a.X * ((b.Y * c.Z) - (b.Z * c.Y))) - (a.Y * ((b.X * c.Z) - (b.Z * c.X))) + (a.Z * ((b.X * c.Y) - (b.Y * c.X)))) / 8;
    }

    private static NormalizedPoint3D Line(Transformation3D transformation, ReadOnlySpan<double> theta, NormalizedPoint3D face)
    {
        var from = transformation.Map(theta, new NormalizedPoint3D(-face.X, -face.Y, -face.Z));
        var to = transformation.Map(theta, face);
        return new NormalizedPoint3D(to.X - from.X, to.Y - from.Y, to.Z - from.Z);
    }
}
