using Stn.Data.Randomness;

namespace Stn.Data.Tests.Randomness;

public sealed class ExactMathTests
{
    [Fact]
    public void Sine_and_cosine_agree_with_the_C_library()
    {
        for (var i = -40_000; i <= 40_000; i++)
        {
            var angle = i * 0.00037;
            var (sin, cos) = ExactMath.SinCos(angle);
            Assert.Equal(Math.Sin(angle), sin, 1e-14);
            Assert.Equal(Math.Cos(angle), cos, 1e-14);
        }
    }

    [Theory]
    [InlineData(1e5)]
    [InlineData(-1048576)]
    [InlineData(1e-300)]
    [InlineData(0)]
    public void Large_and_small_angles_agree_too(double angle)
    {
        var (sin, cos) = ExactMath.SinCos(angle);
        Assert.Equal(Math.Sin(angle), sin, 1e-14);
        Assert.Equal(Math.Cos(angle), cos, 1e-14);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(2e6)]
    public void An_angle_that_cannot_be_reduced_is_refused(double angle) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ExactMath.SinCos(angle));

    [Fact]
    public void Logarithms_agree_with_the_C_library()
    {
        for (var exponent = -300; exponent <= 300; exponent += 3)
        {
            for (var i = 0; i < 200; i++)
            {
                var x = (1 + (i * 0.045)) * Math.Pow(10, exponent);
                var expected = Math.Log(x);
                Assert.Equal(expected, ExactMath.Log(x), 1e-14 * Math.Max(1, Math.Abs(expected)));
            }
        }
    }

    [Fact]
    public void Logarithms_next_to_one_keep_their_relative_accuracy()
    {
        for (var x = 1e-15; x < 0.1; x *= 3)
        {
            Assert.Equal(1, ExactMath.Log(1 + x) / Math.Log(1 + x), 1e-14);
            Assert.Equal(1, ExactMath.Log(1 - x) / Math.Log(1 - x), 1e-14);
        }

        Assert.Equal(0, ExactMath.Log(1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e-310)]
    public void A_number_without_a_logarithm_here_is_refused(double x) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ExactMath.Log(x));
}
