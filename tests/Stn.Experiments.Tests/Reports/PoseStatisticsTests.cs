using Stn.Data.Distortions;
using Stn.Experiments.Evaluations;
using Stn.Experiments.Reports;
using Stn.Kernels;

namespace Stn.Experiments.Tests.Reports;

public sealed class PoseStatisticsTests
{
    private static readonly Pose[] Poses = [new(-40, 0.7, 3, -2), new(-5, 0.9, 0, 0), new(10, 1.2, 4, 4), new(44, 1.0, -6, 1)];

    [Fact]
    public void A_transformer_that_undoes_the_pose_leaves_no_spread()
    {
        var statistics = Of(Poses.Select(p => (Undoing(p), p)));
        Assert.All(statistics.Angles, a => Assert.Equal(a.Applied, a.Chosen, 9));
        Assert.All(statistics.Scales, s => Assert.Equal(s.Applied * 28 / 42, s.Chosen, 9));
        Assert.Equal(0, statistics.AngleSpreadAfter, 9);
        Assert.Equal(0, statistics.ScaleSpreadAfter, 9);
    }

    [Fact]
    public void Spreads_before_are_those_of_the_poses()
    {
        var statistics = Of([(Undoing(Poses[0]), new Pose(-10, 1, 0, 0)), (Undoing(Poses[1]), new Pose(30, Math.E, 0, 0))]);
        Assert.Equal(20, statistics.AngleSpreadBefore, 9);
        Assert.Equal(50, statistics.ScaleSpreadBefore, 9);
    }

    [Fact]
    public void A_transformer_that_does_nothing_leaves_all_of_the_spread()
    {
        var statistics = Of(Poses.Select(p => (new double[] { 1, 0, 0, 0, 1, 0 }, p)));
        Assert.Equal(statistics.AngleSpreadBefore, statistics.AngleSpreadAfter, 9);
        Assert.Equal(statistics.ScaleSpreadBefore, statistics.ScaleSpreadAfter, 9);
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
        Assert.Equal(0, statistics.AngleSpreadAfter, 6);
        Assert.All(statistics.AnglesLeft, left => Assert.Equal(0, left, 6));
    }

    [Fact]
    public void Networks_without_an_affine_transformer_have_none()
    {
        Assert.Null(PoseStatistics.Of(new Evaluation([new Prediction(0, [1], [1], 1, 1, null)]), _ => Poses[0]));
        Assert.Null(PoseStatistics.Of(new Evaluation([new Prediction(0, [1], [1], 1, 1, new double[32])]), _ => Poses[0]));
    }

    [Fact]
    public void Digits_without_a_pose_do_not_count()
    {
        var evaluation = new Evaluation([new Prediction(0, [1], [1], 1, 1, Undoing(Poses[0])), new Prediction(1, [1], [1], 1, 1, Undoing(Poses[1]))]);
        Assert.Equal(Poses[1].AngleDegrees, Assert.Single(PoseStatistics.Of(evaluation, i => i == 1 ? Poses[1] : null)!.Angles).Applied);
        Assert.Null(PoseStatistics.Of(evaluation, _ => null));
    }

    private static PoseStatistics Of(IEnumerable<(double[] Theta, Pose Pose)> all)
    {
        var known = all.ToArray();
        return PoseStatistics.Of(
            new Evaluation([.. known.Select((one, i) => new Prediction(i, [0], [0], 1, 1, one.Theta))]), index => known[index].Pose)!;
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
