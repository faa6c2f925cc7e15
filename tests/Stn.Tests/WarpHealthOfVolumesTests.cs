using Stn.Testing;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Tests;

public sealed class WarpHealthOfVolumesTests : TensorTest
{
    private static WarpHealth Measure(params double[] theta) =>
        WarpHealth.Measure(new AffineTransformation3D(), Tensor.From(theta, theta.Length / 12, 12));

    [Fact]
    public void The_identity_is_inside_at_scale_one() =>
        Assert.Equal(new WarpHealth(0, 1, 1, 0), Measure(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0));

    [Fact]
    public void Halving_an_axis_each_halves_the_scale_and_leaves_an_eighth_of_the_volume()
    {
        var health = Measure(0.5, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 0.5, 0);
        Assert.Equal((0, 0.125), (health.OutsideShare, health.SmallestArea));
        Assert.Equal(0.5, health.Scale, 12);
    }

    [Fact]
    public void A_region_moved_by_half_along_one_axis_has_two_of_nine_slices_outside() =>
        Assert.Equal(2 / 9.0, Measure(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0.5).OutsideShare, 12);

    [Fact]
    public void A_rotation_keeps_the_volume_and_a_mirror_turns_its_sign()
    {
        Assert.Equal(1, Measure(0.6, 0, -0.8, 0, 0, 1, 0, 0, 0.8, 0, 0.6, 0).SmallestArea, 12);
        Assert.Equal(-1, Measure(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1, 0).SmallestArea, 12);
    }

    [Fact]
    public void A_batch_has_the_mean_scale_and_the_smallest_volume()
    {
        var health = WarpHealth.Measure(new AttentionTransformation3D(), Tensor.From([1f, 0, 0, 0, 0.5f, 0, 0, 0], 2, 4));
        Assert.Equal(0.75, health.Scale, 12);
        Assert.Equal(0.125, health.SmallestArea);
    }

    [Fact]
    public void A_theta_that_is_not_finite_is_outside_and_an_empty_batch_has_no_health()
    {
        var health = Measure(double.NaN, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0);
        Assert.Equal(1, health.OutsideShare);
        Assert.True(double.IsNaN(health.SmallestArea));
        Assert.Throws<ArgumentOutOfRangeException>(() => WarpHealth.Measure(new AffineTransformation3D(), Tensor.Zeros([0, 12])));
    }
}
