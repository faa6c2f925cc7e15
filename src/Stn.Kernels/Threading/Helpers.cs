namespace Stn.Kernels.Threading;

/// <summary>
/// The helper threads of the process: started when first wanted, shared by all callers, asleep soon after their last job.
/// </summary>
/// <remarks>
/// They are not the thread pool's, whose threads may be busy for long with other work, and they spin only briefly: a
/// process that also runs libtorch's threads on the same cores would lose more to a spinning helper than it gains.
/// </remarks>
internal static class Helpers
{
    private const int Most = 64;
    private const int Spins = 100;

    private static readonly object Gate = new();
    private static readonly List<Job> Offered = [];
    private static int waiting;
    private static int started;
    private static int sleeping;

    /// <summary>Lets helpers join <paramref name="job"/>.</summary>
    public static void Offer(Job job)
    {
        lock (Gate)
        {
            Offered.Add(job);
            Volatile.Write(ref waiting, Offered.Count);
            while (started < Math.Min(job.Wanted, Most))
            {
                var number = ++started;
                new Thread(() => Live(number)) { IsBackground = true, Name = "Stn kernels" }.Start();
            }

            for (var wake = Math.Min(job.Wanted, sleeping); wake > 0; wake--)
                Monitor.Pulse(Gate);
        }
    }

    /// <summary>No helper joins <paramref name="job"/> after this.</summary>
    public static void Withdraw(Job job)
    {
        lock (Gate)
        {
            Offered.Remove(job);
            Volatile.Write(ref waiting, Offered.Count);
        }
    }

    private static void Live(int number)
    {
        while (true)
        {
            var job = Take();
            job.Work(number);
            job.Leave();
        }
    }

    private static Job Take()
    {
        for (var spin = 0; spin < Spins && Volatile.Read(ref waiting) == 0; spin++)
            Thread.SpinWait(20);
        lock (Gate)
        {
            Job? job;
            while ((job = Offered.Find(offered => offered.TryJoin())) is null)
            {
                sleeping++;
                Monitor.Wait(Gate);
                sleeping--;
            }

            return job;
        }
    }
}
