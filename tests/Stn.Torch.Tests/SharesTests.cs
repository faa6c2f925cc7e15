using Stn.Kernels.Threading;

namespace Stn.Torch.Tests;

/// <summary>How the tasks of a loop are shared out.</summary>
public sealed class SharesTests
{
    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 1, 2)]
    [InlineData(7, 3, 2)]
    [InlineData(256, 16, 2)]
    [InlineData(255, 4, 3)]
    [InlineData(5, 8, 4)]
    public void Each_task_is_claimed_once_whoever_comes(int count, int chunk, int shares)
    {
        for (var workers = 1; workers <= shares + 1; workers++)
        {
            var tasks = new Shares(count, chunk, shares);
            var claimed = new List<int>();
            for (var turn = 0; tasks.TryClaim(turn % workers, out var first, out var end); turn++)
            {
                Assert.Equal(0, first % chunk);
                claimed.AddRange(Enumerable.Range(first, end - first));
            }

            Assert.Equal(Enumerable.Range(0, count), claimed.Order());
            Assert.False(tasks.Remain);
        }
    }

    [Fact]
    public void A_worker_begins_with_its_own_share_in_order_and_then_helps_the_next()
    {
        var tasks = new Shares(count: 12, chunk: 2, shares: 3);
        var firsts = new List<int>();
        while (tasks.TryClaim(worker: 1, out var first, out _))
            firsts.Add(first);
        Assert.Equal([4, 6, 8, 10, 0, 2], firsts);
    }

    [Fact]
    public void What_is_abandoned_is_not_claimed()
    {
        var tasks = new Shares(count: 100, chunk: 1, shares: 2);
        Assert.True(tasks.TryClaim(worker: 0, out _, out _));
        tasks.Abandon();
        Assert.False(tasks.Remain);
        Assert.False(tasks.TryClaim(worker: 1, out _, out _));
    }

    [Fact]
    public void Many_threads_claim_each_task_once()
    {
        var (tasks, done) = (new Shares(count: 10_000, chunk: 3, shares: 4), new int[10_000]);
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(worker => new Thread(() =>
        {
            while (tasks.TryClaim(worker, out var first, out var end))
            {
                for (var task = first; task < end; task++)
                    Interlocked.Increment(ref done[task]);
            }
        }))];
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        Assert.All(done, times => Assert.Equal(1, times));
    }
}
