using Stn.Kernels.Tests.Support;

namespace Stn.Kernels.Tests;

/// <summary>The anti-aliased warps: which gradients they have, and what they do where V is as fine as U.</summary>
public class AntiAliasedWarpTests
{
    private const double Step = 1e-6;

    public static TheoryData<Kind, PaddingMode> Cases()
    {
        var cases = new TheoryData<Kind, PaddingMode>();
        foreach (var kind in new[] { Kind.Affine, Kind.Projective, Kind.Grid, Kind.Basis, Kind.Spline })
        {
            foreach (var mode in Enum.GetValues<PaddingMode>())
                cases.Add(kind, mode);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_gradient_of_the_image_is_the_slope_of_the_forward_pass(Kind kind, PaddingMode mode)
    {
        var c = Case(kind, mode);
        var gradient = c.Backward().Images;
        for (var i = 0; i < c.Images.Length; i++)
        {
            var value = c.Images[i];
            c.Images[i] = value + Step;
            var above = Loss(c);
            c.Images[i] = value - Step;
            var below = Loss(c);
            c.Images[i] = value;
            AssertSlope((above - below) / (2 * Step), gradient[i]);
        }
    }

    // A translation of all points leaves every scale as it is, so it is all that flows.
    [Theory]
    [InlineData(Kind.Affine, PaddingMode.Constant)]
    [InlineData(Kind.Affine, PaddingMode.Border)]
    [InlineData(Kind.Affine, PaddingMode.Reflection)]
    [InlineData(Kind.Grid, PaddingMode.Constant)]
    [InlineData(Kind.Grid, PaddingMode.Border)]
    [InlineData(Kind.Grid, PaddingMode.Reflection)]
    public void The_gradient_along_a_translation_is_the_slope_of_the_forward_pass(Kind kind, PaddingMode mode)
    {
        var c = Case(kind, mode);
        var gradient = c.Backward().Parameters;
        foreach (var moved in kind == Kind.Affine
            ? [[2], [5], [8], [11]]
            : new[] { 0, 1 }.Select(axis => Enumerable.Range(0, c.Parameters.Length / 2).Select(i => (2 * i) + axis).ToArray()))
        {
            var before = c.Parameters.ToArray();
            foreach (var i in moved)
                c.Parameters[i] = before[i] + Step;
            var above = Loss(c);
            foreach (var i in moved)
                c.Parameters[i] = before[i] - Step;
            var below = Loss(c);
            before.CopyTo(c.Parameters, 0);
            AssertSlope((above - below) / (2 * Step), moved.Sum(i => gradient[i]));
        }
    }

    [Theory]
    [InlineData(0.4, 0.3)]
    [InlineData(0.95, 0.31)]
    [InlineData(0.5, 0)]
    public void Where_V_is_as_fine_as_U_it_is_the_bilinear_sampler_to_the_bit(double scale, double angle)
    {
        var (cos, sin) = ((float)(scale * Math.Cos(angle)), (float)(scale * Math.Sin(angle)));
        foreach (var padding in new[] { Padding.Zeros, Padding.Border, Padding.Reflection, Padding.Constant(0.3) })
        {
            var size = new Volume(1, 150, 150);
            var bilinear = new Draws(3).Case<float>(
                new Setting(Kind.Affine, 2, 3, size, size, Sampling.Linear(padding), AlignCorners.False));
            float[] theta = [cos, -sin, 0.4f, sin, cos, -0.3f];
            bilinear = bilinear with { Parameters = [.. theta, .. theta] };
            var fine = bilinear with { Setting = bilinear.Setting with { Sampling = Sampling.AntiAliased(padding) } };
            Assert.Equal(bilinear.Forward(), fine.Forward());
            Assert.Equal(bilinear.Backward().Images, fine.Backward().Images);
            Assert.Equal(bilinear.Backward().Parameters, fine.Backward().Parameters);
        }
    }

    [Fact]
    public void A_projective_warp_is_bilinear_in_front_and_coarse_behind_in_one_tile()
    {
        var setting = new Setting(
            Kind.Projective, 1, 1, new Volume(1, 60, 60), new Volume(1, 30, 30), Sampling.AntiAliased(), AlignCorners.False);
        var c = new Draws(4).Case<float>(setting) with { Parameters = [0.3f, 0, 0, 0, 0.3f, 0, 0, -0.9f] };
        var fine = c with { Setting = setting with { Sampling = Sampling.Linear(Padding.Border) } };
        var (values, bilinear) = (c.Forward(), fine.Forward());
        Close.To([.. bilinear[..300].Select(v => (double)v)], values.AsSpan(0, 300), 1e-6, "the front");
        Assert.Contains(Enumerable.Range(870, 30), i => Math.Abs(values[i] - bilinear[i]) > 0.1);
        Close.Case(c, 2e-5);
    }

    // A kernel of 400 by 400 pixels: the weights of few points fit at once, and each channel has chunks of its own.
    [Fact]
    public void Kernels_as_wide_as_large_images_match_the_oracle()
    {
        var draws = new Draws(5);
        var setting = new Setting(
            Kind.Affine, 1, 2, new Volume(1, 900, 700), new Volume(1, 18, 23), Sampling.AntiAliased(Padding.Zeros), AlignCorners.True);
        Close.Case(draws.Case<float>(setting) with { Parameters = [9, 1, 0.1f, -2, 8, 0] }, 2e-5);
        Close.Case(draws.Case<double>(setting) with { Parameters = [9, 1, 0.1, -2, 8, 0] }, 1e-12);
    }

    [Fact]
    public void An_axis_of_one_target_pixel_has_no_scale()
    {
        var setting = new Setting(
            Kind.Affine, 1, 1, new Volume(1, 9, 8), new Volume(1, 1, 2), Sampling.AntiAliased(), AlignCorners.False);
        var c = new Draws(6).Case<double>(setting) with { Parameters = [1, 0, 0, 0, 1, 0] };
        double[] weights = [0.625, 0.875, 0.875, 0.625, 0.375, 0.125]; // 1 − |1.5 − m|/4
        var row = c.Images.AsSpan(4 * 8, 8).ToArray();
        var left = weights.Select((w, m) => w * row[m]).Sum() / weights.Sum();
        Assert.Equal(left, c.Forward()[0], 12);
    }

    private static WarpCase<double> Case(Kind kind, PaddingMode mode) => new Draws(9).Case<double>(
        new Setting(kind, 2, 2, new Volume(1, 9, 11), new Volume(1, 4, 5), Sampling.AntiAliased(new Padding(mode, 0.5)), AlignCorners.False),
        strange: false);

    private static double Loss(WarpCase<double> c) => c.Forward().Zip(c.GradientOutput, (v, g) => v * g).Sum();

    private static void AssertSlope(double slope, double gradient) =>
        Assert.True(Math.Abs(slope - gradient) < 1e-5 * (1 + Math.Abs(slope)), $"the gradient is {gradient}, the slope {slope}");
}
