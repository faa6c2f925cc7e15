using Stn.Data.Batches;

namespace Stn.Data.Tests.Batches;

public sealed class BatchPlanTests
{
    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 2)]
    public void The_last_small_batch_counts_unless_it_is_dropped(bool drop, int steps) =>
        Assert.Equal(steps, new BatchPlan(4) { DropLast = drop }.StepsPerEpoch(10));

    [Fact]
    public void Values_that_make_no_sense_are_refused()
    {
        BatchPlan[] wrong =
        [
            new(0), new(4) { Threads = 0 }, new(4) { Ahead = 0 }, new(4) { StartEpoch = -1 }, new(4) { StartStep = -1 },
            new(4) { StartStep = 4 },
        ];
        Assert.All(wrong, plan => Assert.Throws<ArgumentOutOfRangeException>(() => plan.Check(10)));
    }

    [Fact]
    public void A_set_too_small_for_one_whole_batch_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => BatchPlan.Training(11, 1).Check(10));
        Assert.Equal("10 images do not fill one batch of 11", error.Message);
    }
}
