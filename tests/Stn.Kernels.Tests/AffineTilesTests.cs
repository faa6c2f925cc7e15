using Stn.Kernels.Tests.Support;

namespace Stn.Kernels.Tests;

/// <summary>Affine warps of targets that take several tiles, each with a window of its own, found from the tile's corners.</summary>
public class AffineTilesTests
{
    [Theory]
    [InlineData(0.9f, 0.3f, 0.1f, -0.35f, 0.8f, -0.2f)]
    [InlineData(-0.2f, 0.05f, 0.4f, 0.03f, 0.25f, -0.5f)]
    [InlineData(0, 0, 0.3f, 0, 0, -0.7f)]
    [InlineData(-0f, 1.7f, 0, -1.7f, -0f, 0)]
    [InlineData(1, 0, 9, 0, 1, 0)]
    [InlineData(1e38f, 1e38f, -1e38f, 0, 1, 0)]
    [InlineData(float.PositiveInfinity, 0, 0, 0, 1, 0)]
    [InlineData(1, 0, 0, 0, float.NegativeInfinity, float.PositiveInfinity)]
    [InlineData(1, float.NaN, 0, 0, 1, 0)]
    public void They_match_the_oracle_for_any_theta(float a, float b, float c, float d, float e, float f)
    {
        var draws = new Draws(5);
        foreach (var (channels, padding) in new[] { (1, Padding.Constant(0.75)), (3, Padding.Zeros), (3, Padding.Border), (3, Padding.Reflection), (17, Padding.Zeros) })
        {
            // Whether ∞ − ∞ is met before the padding depends on the order of the sums; border and reflection show which pixel it became.
            if (padding.Mode != PaddingMode.Constant && new[] { a, b, c, d, e, f }.Any(float.IsInfinity))
                continue;
            var setting = new Setting(
                Kind.Affine, 1, channels, new Volume(1, 131, 150), new Volume(1, 118, 139), Sampling.Linear(padding), AlignCorners.False, 2);
            Close.Case(draws.Case<float>(setting) with { Parameters = [a, b, c, d, e, f] }, 2e-5);
        }
    }
}
