using Stn.Data.Randomness;

namespace Stn.Data.Tests.Randomness;

public sealed class PermutationTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public void Every_index_comes_once(int count) =>
        Assert.Equal(Enumerable.Range(0, count), Permutation.Of(count, 3, 4).Order());

    [Fact]
    public void Seed_and_epoch_decide_the_order()
    {
        Assert.Equal(Permutation.Of(100, 3, 4), Permutation.Of(100, 3, 4));
        Assert.NotEqual(Permutation.Of(100, 3, 4), Permutation.Of(100, 3, 5));
        Assert.NotEqual(Permutation.Of(100, 3, 4), Permutation.Of(100, 4, 4));
    }

    [Fact]
    public void The_order_is_the_same_on_every_machine() =>
        Assert.Equal([8, 9, 6, 5, 0, 7, 2, 1, 3, 4], Permutation.Of(10, 2015, 0));

    [Fact]
    public void Every_order_is_as_likely_as_another()
    {
        var counts = new Dictionary<string, int>();
        for (var epoch = 0; epoch < 24_000; epoch++)
        {
            var name = string.Concat(Permutation.Of(4, 1, epoch));
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }

        Assert.Equal(24, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 840, 1160));
    }

    [Fact]
    public void A_negative_count_or_epoch_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Permutation.Of(-1, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Permutation.Of(1, 0, -1));
    }
}
