using Stn.Data.Distortions;
using Stn.Experiments.Evaluations;
using Stn.Experiments.Reports;
using Stn.Kernels;
using Stn.Transformations;

namespace Stn.Experiments.Tests.Reports;

public sealed class PoseStatisticsTests
{
    private static readonly Plane Canvas = new(42, 42);
    private static readonly Pose[] Poses = [new(-40, 0.7, 3, -2), new(-5, 0.9, 0, 0), new(10, 1.2, 4, 4), new(44, 1.0, -6, 1)];

    [Fact]
    public void A_transformer_that_undoes_the_pose_leaves_no_spread()
    {
        var statistics = Of(Poses.Select(p => (Undoing(p), p)));
        Assert.All(statistics.Angles, a => Assert.Equal(a.Applied, a.Chosen, 9));
        Assert.All(statistics.Scales, s => Assert.Equal(s.Applied * 28 / 42, s.Chosen, 9));
        Assert.Equal(0, statistics.Spread.AngleAfter, 9);
        Assert.Equal(0, statistics.Spread.ScaleAfter, 9);
    }

    [Fact]
    public void Spreads_before_are_those_of_the_poses()
    {
        var statistics = Of([(Undoing(Poses[0]), new Pose(-10, 1, 0, 0)), (Undoing(Poses[1]), new Pose(30, Math.E, 0, 0))]);
        Assert.Equal(20, statistics.Spread.AngleBefore, 9);
        Assert.Equal(50, statistics.Spread.ScaleBefore, 9);
    }

    [Fact]
    public void A_transformer_that_does_nothing_leaves_all_of_the_spread()
    {
        var statistics = Of(Poses.Select(p => (new double[] { 1, 0, 0, 0, 1, 0 }, p)));
        Assert.Equal(statistics.Spread.AngleBefore, statistics.Spread.AngleAfter, 9);
        Assert.Equal(statistics.Spread.ScaleBefore, statistics.Spread.ScaleAfter, 9);
    }

    [Theory]
    [InlineData(90)]
    [InlineData(170)]
    [InlineData(180)]
    [InlineData(-175)]
    public void An_upright_of_its_own_is_no_spread(double turn)
    {
        // The transformer may stand every digit on its head: chosen angles then cross ±180°.
        var statistics = Of(Poses.Select(p => (Undoing(p with { AngleDegrees = p.AngleDegrees + turn }), p)));
        Assert.Equal(0, statistics.Spread.AngleAfter, 6);
        Assert.All(statistics.AnglesLeft, left => Assert.Equal(0, left, 6));
    }

    [Fact]
    public void Digits_that_come_out_in_one_place_have_no_spread_of_places()
    {
        var spread = Of(Poses.Select(p => (Undoing(p), p))).Spread;
        Assert.Equal(0, spread.PlaceAfter, 9);
        Assert.Equal(100 * Math.Sqrt(Variance(p => p.OffsetX) + Variance(p => p.OffsetY)) / 42, spread.PlaceBefore, 9);

        static double Variance(Func<Pose, double> value) => Poses.Average(p => value(p) * value(p)) - (Poses.Average(value) * Poses.Average(value));
    }

    [Fact]
    public void A_projective_transformation_counts_as_its_linear_part_in_the_middle()
    {
        // Divided by 1 + 0.2·x: in the middle, the derivative of (A·p + t) / (1 + 0.2·x) is A − t·(0.2, 0).
        double[] projective = [0.9, -0.4, 0.1, 0.4, 0.8, -0.2, 0.2, 0];
        double[] linear = [0.9 - (0.1 * 0.2), -0.4, 0.1, 0.4 + (0.2 * 0.2), 0.8, -0.2];
        AssertSame(new ProjectiveTransformation(), projective, linear);
    }

    [Fact]
    public void A_spline_whose_points_were_moved_by_an_affine_map_counts_as_that_map()
    {
        double[] affine = [0.9, -0.4, 0.1, 0.4, 0.8, -0.2];
        var spline = new ThinPlateSplineTransformation();
        var points = spline.ParameterCount / 2;
        var lattice = spline.Identity;
        var moved = Enumerable.Range(0, points).Select(k => new AffineTransformation().Map(affine, new(lattice[k], lattice[points + k]))).ToArray();
        AssertSame(spline, [.. moved.Select(p => p.X), .. moved.Select(p => p.Y)], affine);
    }

    [Fact]
    public void Networks_without_a_transformer_have_none() =>
        Assert.Null(PoseStatistics.Of(new Evaluation([new Prediction(0, [1], [1], 1, 1, null)]), new AffineTransformation(), Canvas, _ => Poses[0]));

    [Fact]
    public void Digits_without_a_pose_do_not_count()
    {
        var evaluation = new Evaluation([new Prediction(0, [1], [1], 1, 1, Undoing(Poses[0])), new Prediction(1, [1], [1], 1, 1, Undoing(Poses[1]))]);
        Assert.Equal(Poses[1].AngleDegrees, Assert.Single(PoseStatistics.Of(evaluation, new AffineTransformation(), Canvas, i => i == 1 ? Poses[1] : null)!.Angles).Applied);
        Assert.Null(PoseStatistics.Of(evaluation, new AffineTransformation(), Canvas, _ => null));
    }

    private static PoseStatistics Of(IEnumerable<(double[] Theta, Pose Pose)> all, Transformation? family = null)
    {
        var known = all.ToArray();
        return PoseStatistics.Of(
            new Evaluation([.. known.Select((one, i) => new Prediction(i, [0], [0], 1, 1, one.Theta))]),
            family ?? new AffineTransformation(), Canvas, index => known[index].Pose)!;
    }

    private static void AssertSame(Transformation family, double[] theta, double[] affine)
    {
        var (one, other) = (Of([(theta, Poses[0])], family), Of([(affine, Poses[0])]));
        Assert.Equal(other.Angles[0].Chosen, one.Angles[0].Chosen, 5);
        Assert.Equal(other.Scales[0].Chosen, one.Scales[0].Chosen, 6);
        Assert.Equal(other.Places[0].After.X, one.Places[0].After.X, 6);
        Assert.Equal(other.Places[0].After.Y, one.Places[0].After.Y, 6);
    }

    // θ maps the upright image (target) to the canvas (source): the inverse of the map that drew the digit.
    private static double[] Undoing(Pose pose)
    {
        var t = new double[6];
        pose.CanvasToImage(new Plane(28, 28), new Plane(42, 42), t);
        var det = (t[0] * t[4]) - (t[1] * t[3]);
        var (a, b, c, d) = (t[4] / det, -t[1] / det, -t[3] / det, t[0] / det);
        return [a, b, -((a * t[2]) + (b * t[5])), c, d, -((c * t[2]) + (d * t[5]))];
    }
}
