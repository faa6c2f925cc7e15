using Stn.Testing;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Tests;

public sealed class WarpHealthTests : TensorTest
{
    private static WarpHealth Measure(params double[] theta) =>
        WarpHealth.Measure(new AffineTransformation(), Tensor.From(theta, theta.Length / 6, 6));

    [Fact]
    public void The_identity_is_inside_at_scale_one() => Assert.Equal(new WarpHealth(0, 1, 1, 0), Measure(1, 0, 0, 0, 1, 0));

    [Fact]
    public void Zooming_in_halves_the_scale_and_quarters_the_area() => Assert.Equal(new WarpHealth(0, 0.5, 0.25, 0), Measure(0.5, 0, 0, 0, 0.5, 0));

    [Fact]
    public void A_region_far_away_is_all_outside() => Assert.Equal(1, Measure(1, 0, 5, 0, 1, 0).OutsideShare);

    [Fact]
    public void A_region_twice_the_size_is_mostly_outside()
    {
        // Of nine points an axis, those within half the way: 5 of 9.
        Assert.Equal(1 - (25.0 / 81), Measure(2, 0, 0, 0, 2, 0).OutsideShare, 12);
    }

    [Fact]
    public void A_mirror_has_a_negative_area_and_a_point_none()
    {
        Assert.Equal(-1, Measure(-1, 0, 0, 0, 1, 0).SmallestArea);
        Assert.Equal(0, Measure(0, 0, 0, 0, 0, 0).Scale);
    }

    [Fact]
    public void A_mirror_and_a_point_are_folded_all_over_and_a_rotation_is_nowhere()
    {
        Assert.Equal(1, Measure(-1, 0, 0, 0, 1, 0).FoldedShare);
        Assert.Equal(1, Measure(0, 0, 0, 0, 0, 0).FoldedShare);
        Assert.Equal(1, Measure(double.NaN, 0, 0, 0, 1, 0).FoldedShare);
        Assert.Equal(0.5, Measure(-1, 0, 0, 0, 1, 0, 0.6, -0.8, 0, 0.8, 0.6, 0).FoldedShare);
    }

    [Fact]
    public void A_spline_that_folds_in_its_middle_shows_there_while_its_corners_are_well()
    {
        var spline = new ThinPlateSplineTransformation();
        var theta = spline.Identity.ToArray();
        // The two middle columns of the 4×4 control points change places: there x runs backwards.
        for (var k = 0; k < 16; k++)
            theta[k] = k % 4 is 1 or 2 ? -theta[k] : theta[k];
        var health = WarpHealth.Measure(spline, Tensor.From(theta, 1, 32));
        Assert.Equal(1, health.SmallestArea, 9);
        Assert.InRange(health.FoldedShare, 0.2, 0.6);
    }

    [Fact]
    public void A_rotation_keeps_the_area() => Assert.Equal(1, Measure(0.6, -0.8, 0, 0.8, 0.6, 0).SmallestArea, 12);

    [Fact]
    public void A_batch_has_the_mean_scale_and_the_smallest_area()
    {
        var health = Measure(1, 0, 0, 0, 1, 0, 0.5, 0, 0, 0, 0.5, 0);
        Assert.Equal((0.75, 0.25), (health.Scale, health.SmallestArea));
    }

    [Fact]
    public void A_theta_that_is_not_finite_is_outside()
    {
        var health = Measure(double.NaN, 0, 0, 0, 1, 0);
        Assert.Equal(1, health.OutsideShare);
        Assert.True(double.IsNaN(health.SmallestArea));
    }

    [Fact]
    public void A_corner_behind_the_horizon_makes_the_area_zero_and_lies_outside()
    {
        var health = WarpHealth.Measure(new ProjectiveTransformation(), Tensor.From([1.0, 0, 0, 0, 1, 0, -2, 0], 1, 8));
        Assert.Equal((0, 0), (health.Scale, health.SmallestArea));
        Assert.True(health.OutsideShare > 0.25);
    }

    [Fact]
    public void A_family_with_a_basis_is_evaluated_once_at_each_point_for_all_images()
    {
        var counting = new Counting();
        var theta = Tensor.From([1.0, 0, 0, 1, 0.5, 0, 0, 0.5, 2, 0, 0, 2], 3, 4);
        var health = WarpHealth.Measure(counting, theta);
        Assert.InRange(counting.Evaluations, 1, 90);
        Assert.Equal((3.5 / 3, 0.25), (health.Scale, health.SmallestArea));
        Assert.Equal((1 - (25.0 / 81)) / 3, health.OutsideShare, 12);
    }

    [Fact]
    public void An_empty_batch_has_no_health() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WarpHealth.Measure(new AffineTransformation(), Tensor.Zeros([0, 6])));

    /// <summary>xˢ = θ₁·xᵗ + θ₂·yᵗ, yˢ = θ₃·xᵗ + θ₄·yᵗ.</summary>
    private sealed class Counting : LinearTransformation
    {
        public int Evaluations { get; private set; }

        public override string Name => "counting";

        public override IReadOnlyList<double> Identity { get; } = [1, 0, 0, 1];

        protected override Tensor MakeBasis(Kernels.Plane target, Kernels.AlignCorners align, Tensor like) => throw new NotSupportedException();

        protected override void Evaluate(NormalizedPoint target, Span<double> functions)
        {
            Evaluations++;
            (functions[0], functions[1]) = (target.X, target.Y);
        }
    }
}
