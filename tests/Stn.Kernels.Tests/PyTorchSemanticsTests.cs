using Stn.Kernels.Tests.Support;

namespace Stn.Kernels.Tests;

/// <summary>Values and gradients that PyTorch 1.13's grid_sample gives, and the rules where its paths disagree.</summary>
public class PyTorchSemanticsTests
{
    private static readonly float[] Row = [0, 1, 2, 3, 4];
    private static readonly float[] Places = [-1, -0.5f, 0, 0.5f, 1];

    [Theory]
    [InlineData(Interpolation.Linear, PaddingMode.Constant, new float[] { 2, 2, 2, 2, -8 })]
    [InlineData(Interpolation.Linear, PaddingMode.Border, new float[] { 0, 2, 2, 2, 0 })]
    [InlineData(Interpolation.Linear, PaddingMode.Reflection, new float[] { 0, 2, 2, 2, 0 })]
    [InlineData(Interpolation.Cubic, PaddingMode.Constant, new[] { 1.5f, 3, 3, 3, -4.5f })]
    [InlineData(Interpolation.Cubic, PaddingMode.Border, new[] { 1.5f, 3, 3, 3, 1.5f })]
    [InlineData(Interpolation.Cubic, PaddingMode.Reflection, new float[] { 0, 3, 3, 3, 0 })]
    [InlineData(Interpolation.Nearest, PaddingMode.Constant, new float[] { 0, 0, 0, 0, 0 })]
    public void Gradient_of_the_grid_at_pixels_and_borders(Interpolation interpolation, PaddingMode mode, float[] expected)
    {
        var c = RowCase(Row, Places, new Sampling(interpolation, new Padding(mode, 0)), AlignCorners.True);
        var gradient = c.Backward().Parameters;
        Assert.Equal(expected, Enumerable.Range(0, 5).Select(i => gradient[2 * i]));
    }

    [Theory]
    [InlineData(TieRule.HalfToEven, new float[] { 0, 2, 2, 4, 4 })]
    [InlineData(TieRule.HalfUp, new float[] { 1, 2, 3, 4, 5 })]
    public void Nearest_ties_follow_the_rule(TieRule ties, float[] expected)
    {
        // Pixels 0.5, 1.5, 2.5, 3.5, 4.5 of 6.
        float[] grid = [-0.8f, -0.4f, 0, 0.4f, 0.8f];
        var c = RowCase([0, 1, 2, 3, 4, 5], grid, Sampling.Nearest(ties: ties), AlignCorners.True);
        Assert.Equal(expected, c.Forward());
    }

    [Theory]
    [InlineData(PaddingMode.Constant, new float[] { 9, 9, 9, 9, 9 })]
    [InlineData(PaddingMode.Border, new float[] { 1, 5, 1, 5, 1 })]
    [InlineData(PaddingMode.Reflection, new float[] { 1, 1, 1, -1, -1 })]
    public void Values_that_are_no_place_follow_the_rule(PaddingMode mode, float[] expected)
    {
        float[] strange = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e38f, -1e38f];
        foreach (var interpolation in Enum.GetValues<Interpolation>())
        {
            var c = RowCase([1, 2, 3, 4, 5], strange, new Sampling(interpolation, new Padding(mode, 9)), AlignCorners.False);
            var (values, gradient) = (c.Forward(), c.Backward().Parameters);
            for (var i = 0; i < 5; i++)
            {
                Assert.True(expected[i] < 0 || Math.Abs(values[i] - expected[i]) < 1e-5f, $"{interpolation} {mode}: {values[i]} at {strange[i]}");
                Assert.InRange(gradient[2 * i], i < 3 ? -1e-5f : float.MinValue, i < 3 ? 1e-5f : float.MaxValue);
            }
        }
    }

    [Fact]
    public void A_point_half_outside_blends_with_zero()
    {
        var c = RowCase([4], [-1], Sampling.Linear(), AlignCorners.False);
        Assert.Equal(2f, c.Forward()[0]);
    }

    [Fact]
    public void The_identity_gives_the_image_back_exactly()
    {
        var draws = new Draws(3);
        foreach (var align in Enum.GetValues<AlignCorners>())
        {
            var images = draws.Normals<float>(2 * 3 * 37 * 29);
            var output = new float[images.Length];
            AffineWarp.Forward<float>(
                images, new ImageBatch(2, 3, new Plane(37, 29)), [1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0], Sampling.Linear(), align,
                new Plane(37, 29), output);
            Assert.Equal(images, output);
        }
    }

    // One row of pixels, read at grid values along x in its middle.
    private static WarpCase<float> RowCase(float[] row, float[] grid, Sampling sampling, AlignCorners align) => new(
        new Setting(Kind.Grid, 1, 1, new Volume(1, 1, row.Length), new Volume(1, 1, grid.Length), sampling, align),
        row, [.. grid.SelectMany(x => new[] { x, 0 })], [], [.. grid.Select(_ => 1f)]);
}
