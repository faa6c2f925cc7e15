using Stn.Data.Batches;
using Stn.Data.Distortions;
using Stn.Data.Randomness;
using Stn.Kernels;

namespace Stn.Data.Tests.Batches;

public sealed class BatchProducerFailureTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(4, false)]
    [InlineData(1, true)]
    [InlineData(3, true)]
    public void A_failure_comes_out_at_its_batch_and_not_before(int threads, bool isTeam)
    {
        // Twelve images in batches of two; the digit with 200 in its first pixel is the seventh, in step 3.
        var pixels = new byte[12 * 28 * 28];
        pixels[6 * 28 * 28] = 200;
        var set = DistortedSet.Test(new LabelledImages(Synthetic.Plane, pixels, new byte[12]), new Failing());
        using var producer = new BatchProducer(set, BatchPlan.OneSweep(2) with { Threads = threads }, isTeam ? Teams.Of(threads) : null);
        for (var step = 0; step < 3; step++)
            Assert.True(producer.TryNext(out _));

        for (var again = 0; again < 2; again++)
        {
            var error = Assert.Throws<InvalidOperationException>(() => producer.TryNext(out _));
            Assert.Equal("the batch of epoch 0, step 3, could not be made: this digit cannot be read", error.Message);
            Assert.IsType<NotSupportedException>(error.InnerException);
        }
    }

    private sealed class Failing : IDistortion
    {
        public string Description => "fails at a digit";

        public Plane Source => Synthetic.Plane;

        public Plane Canvas => Synthetic.Plane;

        public Pose? Apply(LabelledImages digits, int index, ref CounterRandom random, Span<byte> canvas) =>
            digits.Image(index)[0] == 200 ? throw new NotSupportedException("this digit cannot be read") : null;
    }
}
