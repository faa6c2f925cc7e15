using Stn.Experiments.Tables;
using static Stn.Experiments.Tests.Results.SampleRecords;

namespace Stn.Experiments.Tests.Tables;

public sealed class McNemarTests
{
    // By hand: 2·Σ C(n, k)/2ⁿ.
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(3, 3, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(5, 0, 2 / 32.0)]
    [InlineData(2, 10, 2 * (1 + 12 + 66) / 4096.0)]
    [InlineData(10, 2, 2 * (1 + 12 + 66) / 4096.0)]
    public void Small_counts_have_the_exact_probability(int first, int second, double p) => Assert.Equal(p, McNemar.Probability(first, second), 12);

    [Theory]
    [InlineData(0, "<1e-300")]
    [InlineData(3e-250, "3e-250")]
    [InlineData(0.03071, "0.0307")]
    [InlineData(1, "1.0")]
    public void A_chance_too_small_for_a_number_is_printed_as_that(double p, string text) => Assert.Equal(text, ErrorTableText.P(p));

    [Fact]
    public void Large_counts_come_near_the_normal_distribution_and_do_not_underflow()
    {
        // z = (|1100 − 1000| − 1)/√2100, with the correction for continuity: 2·Φ(−2.1604) = 0.03074.
        Assert.Equal(0.0307, McNemar.Probability(1000, 1100), 3);
        Assert.InRange(McNemar.Probability(0, 1000), 1e-302, 1e-300);
    }

    [Fact]
    public void Two_records_are_compared_sample_by_sample()
    {
        var test = McNemar.Of(Of("rts/cnn", 1, Range(1, 20)), Of("rts/st-cnn-aff", 1, [.. Range(11, 20), 50, 51]));
        Assert.Equal((1UL, 10, 2), (test.Seed, test.OnlyBaselineWrong, test.OnlyNetworkWrong));
        Assert.Equal(McNemar.Probability(10, 2), test.P);
    }

    [Fact]
    public void Records_of_other_samples_are_not_compared()
    {
        var error = Assert.Throws<InvalidDataException>(() => McNemar.Of(Of("r/cnn", 1, [1]), Of("rts/st-cnn-aff", 1, [1])));
        Assert.Contains("results/r/cnn/fast-seed1.json and results/rts/st-cnn-aff/fast-seed1.json", error.Message, StringComparison.Ordinal);
    }
}
