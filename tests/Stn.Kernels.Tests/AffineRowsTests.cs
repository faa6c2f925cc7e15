using Stn.Kernels.Tests.Support;

namespace Stn.Kernels.Tests;

/// <summary>
/// One small channel under a θ that turns little: the form that reads rows whole (elsewhere, and where θ turns more, another form).
/// Values and the gradient of θ alone against the oracle.
/// </summary>
public class AffineRowsTests
{
    // θ11, θ12, θ13, θ21, θ22, θ23; the rows of U that 16 neighbours of V lie in go from 2 to more than this form takes.
    public static TheoryData<double, double, double, double, double, double> Thetas() => new()
    {
        { 1, 0, 0, 0, 1, 0 },
        { 0.9, 0.03, 0.1, 0.02, 0.8, -0.2 },
        { 0.7, -0.2, 0.05, -0.06, 1.1, 0.02 },
        { 1.2, 0.3, 0.5, 0.11, 0.9, -0.9 },
        { 0.61, 0.3, 0, -0.16, 0.7, 0.3 },
        { -0.83, 0.1, 0.1, 0.2, -0.9, 0.1 },
        { -1.3, 0, 0.2, -0.25, 1.7, 0.4 },
        { 1.05, 0.1, 2.4, 0.01, 1, 0.1 },     // most of V lies outside of U
        { 0.3, 0.1, -9, 0.02, 0.2, 7 },       // all of it
        { 1e-3, 0, 0.4, 0, 1e-3, 0.3 },
        { 0, 1, 0, 0.1, 0, 0 },
        { 0.7, 0.7, 0, -0.7, 0.7, 0 },        // too many rows
        { 3.1, 0, 0, 0, 0.4, 0 },             // too many columns
    };

    [Theory]
    [MemberData(nameof(Thetas))]
    public void Values_and_the_gradient_of_theta_match_the_oracle(double a, double b, double c, double d, double e, double f)
    {
        var draws = new Draws(5);
        foreach (var (source, target) in Sizes())
        {
            foreach (var align in Enum.GetValues<AlignCorners>())
            {
                var padding = draws.Next(2) == 0 ? Padding.Zeros : Padding.Constant(0.75);
                var setting = new Setting(Kind.Affine, 2, 1, source, target, Sampling.Linear(padding), align);
                float[] theta = [(float)a, (float)b, (float)c, (float)d, (float)e, (float)f];
                float[] aside = [.. theta.Select((value, i) => value + (1e-3f * (i + 1)))];
                var drawn = draws.Case<float>(setting) with { Parameters = [.. theta, .. aside] };
                Close.To(Oracle.Forward(drawn), drawn.Forward(), 2e-5, $"V of {setting}");
                // On the edge of a pixel the last bit of a position decides between two slopes, so not there.
                drawn = drawn with { Parameters = [.. aside, .. aside.Select(value => value + 1.7e-3f)] };
                var gradient = drawn.Backward(images: false).Parameters;
                Close.To(Oracle.Backward(drawn).Parameters, gradient, 4e-4, $"∂θ of {setting}");
                Assert.Equal(gradient, drawn.Backward(images: false, threads: 2).Parameters);
            }
        }
    }

    // With the gradient of U the points are staged.
    [Theory]
    [InlineData(0.9f, 0.03f, 0.1f, 0.02f, 0.8f, -0.2f)]
    [InlineData(0.7f, -0.2f, 0.05f, -0.06f, 1.1f, 0.02f)]
    [InlineData(-0.83f, 0.1f, 0.1f, 0.2f, -0.9f, 0.1f)]
    public void The_gradient_of_theta_has_the_same_bits_with_and_without_that_of_the_images(float a, float b, float c, float d, float e, float f)
    {
        var draws = new Draws(8);
        foreach (var (height, width) in new[] { (42, 42), (27, 28), (1, 9), (60, 60), (2, 31) })
        {
            var size = new Volume(1, height, width);
            var setting = new Setting(Kind.Affine, 9, 1, size, size, Sampling.Linear(), AlignCorners.False);
            var drawn = draws.Case<float>(setting);
            for (var i = 0; i < drawn.Parameters.Length; i++)
                drawn.Parameters[i] = new[] { a, b, c, d, e, f }[i % 6] + (1e-3f * (i / 6));
            var alone = drawn.Backward(images: false).Parameters;
            Assert.Equal(alone, drawn.Backward().Parameters);
            Assert.Equal(alone, drawn.Backward(images: false, threads: 4).Parameters);
            Assert.Equal(drawn.Forward(), drawn.Forward(threads: 4));
        }
    }

    [Theory]
    [InlineData(float.NaN, 0.05f)]
    [InlineData(float.PositiveInfinity, 0.05f)]
    [InlineData(float.NegativeInfinity, 0.05f)]
    [InlineData(float.NaN, 0.44f)]
    [InlineData(float.PositiveInfinity, -0.44f)]
    public void A_pixel_that_is_no_number_spoils_what_reads_it_and_nothing_else(float strange, float turn)
    {
        var draws = new Draws(6);
        var setting = new Setting(
            Kind.Affine, 1, 1, new Volume(1, 19, 21), new Volume(1, 20, 37), Sampling.Linear(), AlignCorners.False);
        var c = draws.Case<float>(setting) with { Parameters = [1.3f, 0.02f, 0.031f, turn, 1.6f, -0.017f] };
        foreach (var place in new[] { 0, 20, 21 * 9 + 7, 21 * 18, (21 * 19) - 1 })
        {
            var spoilt = c with { Images = [.. c.Images] };
            spoilt.Images[place] = strange;
            double[] expected = Oracle.Forward(spoilt);
            Assert.Contains(expected, value => !double.IsFinite(value));
            Assert.Contains(expected, double.IsFinite);
            Assert.Equal(expected.Select(double.IsFinite), spoilt.Forward().Select(float.IsFinite));
            Assert.DoesNotContain(spoilt.Backward(images: false).Parameters, float.IsFinite);
        }
    }

    // Lanes behind the end of a row lie on the line too.
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_pixel_that_is_no_number_behind_the_end_of_all_rows_spoils_nothing(float strange)
    {
        var setting = new Setting(
            Kind.Affine, 1, 1, new Volume(1, 19, 60), new Volume(1, 20, 37), Sampling.Linear(), AlignCorners.False);
        var c = new Draws(9).Case<float>(setting) with { Parameters = [0.6f, 0.01f, -0.2f, 0.02f, 0.9f, 0.03f] };
        for (var place = 0; place < c.Images.Length; place++)
            c.Images[place] = place % 60 >= 44 ? strange : c.Images[place];
        Close.To(Oracle.Forward(c), c.Forward(), 2e-5, "V");
        Close.To(Oracle.Backward(c).Parameters, c.Backward(images: false).Parameters, 4e-4, "∂θ");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(1e38f)]
    public void A_theta_that_is_no_number_reads_what_lies_outside(float strange)
    {
        foreach (var parameter in new[] { 1, 2, 4, 5 })
        {
            var setting = new Setting(
                Kind.Affine, 1, 1, new Volume(1, 20, 20), new Volume(1, 20, 20), Sampling.Linear(Padding.Constant(0.5)), AlignCorners.False);
            var c = new Draws(7).Case<float>(setting) with { Parameters = [1, 0, 0, 0, 1, 0] };
            c.Parameters[parameter] = strange;
            Assert.All(c.Forward(), value => Assert.Equal(0.5f, value));
            Assert.All(c.Backward(images: false).Parameters, value => Assert.Equal(0, value));
        }
    }

    private static IEnumerable<(Volume Source, Volume Target)> Sizes()
    {
        int[] sides = [1, 2, 9, 15, 16, 17, 28, 33, 42, 60, 100];
        foreach (var source in sides)
        {
            foreach (var target in sides)
                yield return (new Volume(1, source, (source * 7 % 50) + 1), new Volume(1, (target * 5 % 50) + 1, target));
        }
    }
}
