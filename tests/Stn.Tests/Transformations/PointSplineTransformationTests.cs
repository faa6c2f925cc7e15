using Stn.Transformations;

namespace Stn.Tests.Transformations;

public sealed class PointSplineTransformationTests
{
    [Fact]
    public void Control_points_on_a_lattice_give_the_spline_of_the_lattice()
    {
        var lattice = new ThinPlateSplineTransformation(3, 0.05);
        var points = Enumerable.Range(0, 9).Select(k => new NormalizedPoint(lattice.Identity[k], lattice.Identity[9 + k])).ToArray();
        var free = new PointSplineTransformation(points, 0.05);
        Assert.Equal(lattice.Identity, free.Identity);
        var theta = lattice.Identity.Select((x, i) => x + (0.1 * Math.Sin(i))).ToArray();
        var (expected, actual) = (lattice.Map(theta, new(0.3, -0.6)), free.Map(theta, new(0.3, -0.6)));
        Assert.Equal(expected.X, actual.X, 12);
        Assert.Equal(expected.Y, actual.Y, 12);
    }

    [Fact]
    public void Each_control_point_goes_to_its_place()
    {
        NormalizedPoint[] controls = [new(-0.8, -0.9), new(0.7, -0.6), new(0.1, 0.2), new(-0.5, 0.9)];
        var spline = new PointSplineTransformation(controls);
        double[] theta = [-1, 0.5, 0.3, -0.2, -0.8, -0.7, 0.1, 1.1];
        for (var k = 0; k < controls.Length; k++)
        {
            Assert.Equal(theta[k], spline.Map(theta, controls[k]).X, 10);
            Assert.Equal(theta[4 + k], spline.Map(theta, controls[k]).Y, 10);
        }
    }

    [Fact]
    public void Points_that_fix_no_spline_are_refused_with_the_reason()
    {
        Refused("at least 3 control points, got 2", new(0, 0), new(1, 1));
        Refused("control point 2, (0, 0), is there twice", new(0, 0), new(1, 1), new(0, 0));
        Refused("on one line", new(-1, -1), new(0, 0), new(1, 1), new(0.5, 0.5));
        Refused("control point 1 is no place", new(0, 0), new(double.NaN, 1), new(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PointSplineTransformation([new(0, 0), new(1, 0), new(0, 1)], -1));
    }

    private static void Refused(string reason, params NormalizedPoint[] points) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => new PointSplineTransformation(points)).Message, StringComparison.Ordinal);
}
