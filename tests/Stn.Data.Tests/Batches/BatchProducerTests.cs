using System.Diagnostics;
using System.Runtime.CompilerServices;
using Stn.Data.Batches;
using Stn.Data.Distortions;

namespace Stn.Data.Tests.Batches;

public sealed class BatchProducerTests
{
    private static readonly DistortedSet s_training = DistortedSet.Training(Synthetic.Digits(50), new RtsDistortion(), 1);
    private static readonly BatchPlan s_plan = BatchPlan.Training(8, seed: 2);

    [Fact]
    public void The_memory_of_batches_is_free_when_the_producer_is()
    {
        var batch = OfAProducerThatIsGone();
        for (var i = 0; i < 3 && batch.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(batch.IsAlive);
    }

    [Fact]
    public void A_batch_holds_the_distorted_images_with_labels()
    {
        using var producer = new BatchProducer(s_training, s_plan with { StartEpoch = 3, StartStep = 2 });
        Assert.True(producer.TryNext(out var batch));
        Assert.Equal((3, 2, 8), (batch.Epoch, batch.Step, batch.Count));
        var canvas = new byte[42 * 42];
        for (var i = 0; i < batch.Count; i++)
        {
            s_training.Render(batch.Indices[i], 3, canvas);
            Assert.Equal(s_training.Digits.Labels[batch.Indices[i]], batch.Labels[i]);
            Assert.Equal(canvas.Select(value => value / 255f), batch.Values.Slice(i * canvas.Length, canvas.Length).ToArray());
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(5, 8)]
    public void Order_and_content_are_the_same_for_any_number_of_threads(int threads, int ahead)
    {
        var expected = Take(s_plan, 30);
        Assert.Equal(expected, Take(s_plan with { Threads = threads, Ahead = ahead }, 30));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_team_makes_the_same_batches_when_they_are_asked_for(int threads)
    {
        var expected = Take(s_plan, 30);
        Assert.Equal(expected, Take(s_plan, 30, Teams.Of(threads)));
        Assert.Equal(expected[13..], Take(s_plan with { StartEpoch = 2, StartStep = 1 }, 17, Teams.Of(threads)));
    }

    [Fact]
    public void A_team_comes_to_the_plans_end_too_and_makes_nothing_when_it_is_over()
    {
        var producer = new BatchProducer(s_training, BatchPlan.OneSweep(16), Teams.Of(2));
        var counts = new List<int>();
        while (producer.TryNext(out var batch))
        {
            using (batch)
                counts.Add(batch.Count);
        }

        Assert.Equal([16, 16, 16, 2], counts);
        producer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => producer.TryNext(out _));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 0)]
    [InlineData(2, 6)]
    public void A_stream_that_starts_later_goes_on_as_an_uninterrupted_one(int epoch, int step)
    {
        var whole = Take(s_plan, 30);
        var skipped = (6 * epoch) + step;
        Assert.Equal(whole[skipped..], Take(s_plan with { StartEpoch = epoch, StartStep = step, Threads = 2 }, 30 - skipped));
    }

    [Fact]
    public void An_epoch_holds_each_image_once_and_the_next_one_has_another_order()
    {
        using var producer = new BatchProducer(s_training, new BatchPlan(8) { ShuffleSeed = 2, EndEpoch = 2 });
        var epochs = new[] { new List<int>(), new List<int>() };
        while (producer.TryNext(out var batch))
        {
            using (batch)
                epochs[batch.Epoch].AddRange(batch.Indices);
        }

        Assert.Equal(7, producer.StepsPerEpoch);
        Assert.Equal(Enumerable.Range(0, 50), epochs[0].Order());
        Assert.Equal(Enumerable.Range(0, 50), epochs[1].Order());
        Assert.NotEqual(epochs[0], epochs[1]);
    }

    [Fact]
    public void One_sweep_keeps_the_sets_order_and_its_last_small_batch_and_then_ends()
    {
        using var producer = new BatchProducer(s_training, BatchPlan.OneSweep(16) with { Threads = 2 });
        var seen = new List<int>();
        var counts = new List<int>();
        while (producer.TryNext(out var batch))
        {
            seen.AddRange(batch.Indices);
            counts.Add(batch.Count);
        }

        Assert.Equal(Enumerable.Range(0, 50), seen);
        Assert.Equal([16, 16, 16, 2], counts);
        Assert.False(producer.TryNext(out _));
    }

    [Fact]
    public void A_batch_that_was_handed_back_is_used_again_and_one_that_was_not_is_left_alone()
    {
        using var producer = new BatchProducer(s_training, s_plan with { Ahead = 1 });
        Assert.True(producer.TryNext(out var kept));
        var before = kept.Values.ToArray();
        var returned = new List<Batch>();
        for (var i = 0; i < 12; i++)
        {
            Assert.True(producer.TryNext(out var batch));
            batch.Dispose();
            batch.Dispose();
            returned.Add(batch);
        }

        Assert.Equal(before, kept.Values.ToArray());
        Assert.True(returned.Distinct().Count() < 12);
    }

    [Fact]
    public void Disposing_ends_the_threads_at_once_even_when_nobody_takes_batches()
    {
        var producer = new BatchProducer(s_training, s_plan with { Threads = 4, Ahead = 2 });
        var watch = Stopwatch.StartNew();
        producer.Dispose();
        producer.Dispose();
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
        Assert.Throws<ObjectDisposedException>(() => producer.TryNext(out _));
    }

    [Fact]
    public void A_plan_that_does_not_fit_the_set_is_refused() =>
        Assert.Throws<ArgumentException>(() => new BatchProducer(s_training, BatchPlan.Training(51, 1)));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference OfAProducerThatIsGone()
    {
        using var producer = new BatchProducer(s_training, s_plan);
        Assert.True(producer.TryNext(out var batch));
        batch.Dispose(); // handed back by this thread, which lives on
        return new WeakReference(batch);
    }

    private static string[] Take(BatchPlan plan, int count, Action<Action>? team = null)
    {
        using var producer = new BatchProducer(s_training, plan, team);
        var taken = new string[count];
        for (var i = 0; i < count; i++)
        {
            Assert.True(producer.TryNext(out var batch));
            using (batch)
                taken[i] = $"{batch.Epoch}/{batch.Step}: {string.Join(' ', batch.Indices.ToArray())} {Fingerprint(batch)}";
        }

        return taken;
    }

    private static string Fingerprint(Batch batch) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(batch.Values)));
}
