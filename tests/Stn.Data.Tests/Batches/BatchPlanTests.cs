using Stn.Data.Batches;
using Stn.Kernels;

namespace Stn.Data.Tests.Batches;

public sealed class BatchPlanTests
{
    private static readonly SampleShape s_shape = SampleShape.Image(3, new Plane(1200, 1200));

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
        Assert.All(wrong, plan => Assert.Throws<ArgumentOutOfRangeException>(() => plan.Check(10, s_shape)));
    }

    [Fact]
    public void A_set_too_small_for_one_whole_batch_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => BatchPlan.Training(11, 1).Check(10, s_shape));
        Assert.Equal("10 images do not fill one batch of 11", error.Message);
    }

    [Fact]
    public void A_batch_that_no_array_holds_is_refused()
    {
        BatchPlan.OneSweep(497).Check(10, s_shape);
        var error = Assert.Throws<ArgumentException>(() => BatchPlan.OneSweep(498).Check(10, s_shape));
        Assert.Equal("a batch of 498 samples of 4320000 numbers is too large; 497 fit", error.Message);
    }
}
