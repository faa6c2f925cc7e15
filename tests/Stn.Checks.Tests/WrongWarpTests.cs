using Stn.Checks.Cases;
using Stn.Checks.Results;
using Stn.Checks.Scalar;
using Stn.Kernels;
using Stn.Samplers;
using Stn.Testing;
using Stn.Torch;

namespace Stn.Checks.Tests;

/// <summary>A check that cannot fail proves nothing: each is given a warp that is wrong in one way only.</summary>
public sealed class WrongWarpTests : TensorTest
{
    private readonly Parameter _width;

    public WrongWarpTests() => _width = Own(new Parameter(Tensor.From([0.9], 1)));

    [Fact]
    public void A_users_transformation_and_kernel_that_are_right_pass()
    {
        var report = CheckRun.Of(new CheckTable([.. Of(new Ripple()).Cases, .. Of(new Bell(_width), null).Cases]));
        Assert.True(report.Failed == 0, report.ToString());
        Assert.Contains(report.Results, result => result is { Case: "2d/affine/bell/edges/float64", Check: "differences" });
        Assert.Contains(report.Results, result => result is { Case: "2d/ripple/bilinear-zeros/edges/float32", Check: "libtorch" });
    }

    [Fact]
    public void A_grid_that_is_not_the_map_fails_against_the_scalar_form_alone() =>
        Assert.Equal(["scalar"], FailedChecks(Of(new Ripple(gridFactor: 1.01))));

    [Fact]
    public void A_gradient_of_theta_that_is_one_percent_off_fails()
    {
        var failed = FailedChecks(Of(new Ripple(gradientFactor: 1.01)));
        Assert.Contains("scalar", failed);
        Assert.Contains("differences", failed);
    }

    [Fact]
    public void A_slope_of_a_kernel_that_is_one_percent_off_fails()
    {
        var failed = FailedChecks(Of(new Bell(_width, slopeFactor: 1.01)));
        Assert.Equal(["differences", "scalar", "second order"], failed);
    }

    [Fact]
    public void A_gradient_of_a_kernels_own_parameter_that_is_one_percent_off_fails_against_differences_alone() =>
        Assert.Equal(["differences"], FailedChecks(Of(new Bell(_width, widthFactor: 1.01))));

    [Fact]
    public void A_kernel_that_is_not_what_its_formula_says_fails() => Assert.Contains(
        "scalar", FailedChecks(Of(new Bell(_width), 1.0001)));

    // Under a name with zeros the sampler pads with something else, or takes the other tie.
    [Fact]
    public void A_value_that_is_off_only_at_the_border_or_on_ties_fails()
    {
        Assert.Contains("scalar", FailedChecks(Mistaken(new BilinearSampler(Padding.Constant(1e-3)), new BilinearSampler())));
        var ties = CheckRun.Of(Mistaken(new NearestSampler(ties: TieRule.HalfUp), new NearestSampler()));
        Assert.All(ties.Failures.Where(failure => failure.Case.StartsWith("2d/grid", StringComparison.Ordinal)), failure => Assert.Equal("whole and half pixels", failure.Input));
        Assert.Contains(ties.Failures, failure => failure.Input == "whole and half pixels");
    }

    // Of another width, with another padding, or with a slope that is off.
    [Fact]
    public void An_anti_aliased_sampler_that_is_wrong_in_one_way_fails()
    {
        var meant = new AntiAliasedSampler();
        Assert.Contains("scalar", FailedChecks(Mistaken(new BilinearSampler(Padding.Border), meant).Only("affine/")));
        Assert.Contains("scalar", FailedChecks(Mistaken(new AntiAliasedSampler(Padding.Reflection), meant).Only("affine/")));
        Assert.Equal(["differences", "scalar", "second order"], FailedChecks(Bent(1.01).Only("affine/mistaken/edges")));
        Assert.Empty(FailedChecks(Bent(1).Only("affine/mistaken/edges")));

        CheckTable Bent(double factor) => CheckTable.Empty.With(new CheckedSampler(
            "mistaken", new BentSampler(meant, factor), dimensions => ScalarSampler.Of(meant.Kernel!.Value, dimensions), IsTwiceDifferentiable: true));
    }

    [Fact]
    public void An_anti_aliased_shrink_that_is_not_libtorchs_fails_against_libtorch()
    {
        var warp = CheckTable.Default["2d/identity/antialiased-border/edges/float64"];
        var shape = Inputs.InputShape.For(warp).Single(shape => shape.Name == "shrunk");
        using var prepared = warp.Prepare(shape.Target);
        var (pair, check) = (prepared.Pair, new Checks.AgainstLibtorch());
        var input = new Inputs.InputDraws(1).Draw(shape, pair.Points, DType.Float64);
        Assert.True(check.IsFor(warp, shape));
        Assert.Equal(Outcome.Passed, check.Run(warp, pair, input).Outcome);
        Assert.Equal(Outcome.Failed, check.Run(warp, pair with { Ours = (image, theta) => pair.Ours(image, theta) * 1.0001 }, input).Outcome);
    }

    [Fact]
    public void A_sampler_that_is_not_libtorchs_fails_against_libtorch()
    {
        var right = new BilinearSampler(Padding.Border);
        var warp = new WarpCase(null, CheckedSampler.Of("bilinear-border", right), AlignCorners.False, DType.Float64, 2);
        var pair = warp.Prepare(new Volume(1, 4, 6)).Pair;
        var input = new Inputs.InputDraws(1).Draw(Inputs.InputShape.For(warp).First(), pair.Points, DType.Float64);
        var check = new Checks.AgainstLibtorch();
        Assert.Equal(Outcome.Passed, check.Run(warp, pair, input).Outcome);
        Assert.Equal(Outcome.Failed, check.Run(warp, pair with { Ours = (image, grid) => pair.Ours(image, grid) * 1.0001 }, input).Outcome);
        var late = check.Run(warp, pair with { Ours = (image, grid) => pair.Ours(image, (grid * 1.01) - (grid * 0.01).Detach()) }, input);
        Assert.Contains("∂grid", late.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_warp_that_throws_is_a_failure_with_its_message()
    {
        var basis = new Parameter(Tensor.From([0.9], 1));
        basis.Dispose();
        var report = CheckRun.Of(CheckTable.Empty.With(new Bell(basis), (_, _) => 1).Only("2d/grid/bell/edges/float64"));
        Assert.Equal(report.Cases, report.Failed);
        Assert.All(report.Failures, failure => Assert.Contains("Exception", failure.Detail, StringComparison.Ordinal));
    }

    private static CheckTable Of(Ripple ripple) => CheckTable.Empty.With(ripple).Only("bilinear-zeros/edges");

    // By the formula, times a factor where the formula is to be wrong; by the kernel itself where there is no factor.
    private static CheckTable Of(Bell bell, double? factor = 1) => CheckTable.Empty
        .With(bell, factor is { } f ? (distance, _) => Math.Exp(-f * Math.Pow(distance / 0.9, 2)) : null).Only("affine/bell/edges");

    private static CheckTable Mistaken(BuiltInSampler sampler, BuiltInSampler meant) => CheckTable.Empty.With(
        new CheckedSampler("mistaken", sampler, dimensions => ScalarSampler.Of(meant.Kernel!.Value, dimensions), IsTwiceDifferentiable: false));

    private static string[] FailedChecks(CheckTable table) => [.. CheckRun.Of(table).Failures.Select(failure => failure.Check).Distinct().Order()];
}
