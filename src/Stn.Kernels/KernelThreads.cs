using Stn.Kernels.Threading;

namespace Stn.Kernels;

/// <summary>The one place that knows about threads: every kernel hands its tasks to <see cref="For"/>.</summary>
/// <remarks>
/// Results do not depend on the number of threads. Any number of threads may call kernels at once: they share one set of
/// helper threads, which sleep when there is nothing to do.
/// </remarks>
public static class KernelThreads
{
    private static int defaultCount = Environment.ProcessorCount;

    /// <summary>How many threads a kernel uses when its caller does not say: the number of processors at first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public static int Default
    {
        get => defaultCount;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            defaultCount = value;
        }
    }

    /// <summary>Calls <paramref name="body"/> once for each task in [0, <paramref name="count"/>).</summary>
    /// <remarks>
    /// Tasks start in order, so a task may wait for an earlier one. The calling thread works too: one thread means no other
    /// thread is involved.
    /// </remarks>
    /// <param name="count">The number of tasks.</param>
    /// <param name="threads">At most so many threads; 0 is <see cref="Default"/>.</param>
    /// <param name="chunk">At most so many tasks are taken at a time.</param>
    /// <param name="body">What a task does.</param>
    internal static void For<TBody>(int count, int threads, int chunk, TBody body)
        where TBody : struct, ITaskBody
    {
        threads = Math.Min(threads == 0 ? Default : threads, count);
        if (threads <= 1)
        {
            for (var task = 0; task < count; task++)
                body.Invoke(task);
            return;
        }

        var job = new Job<TBody>(body, count, Math.Clamp(count / (8 * threads), 1, chunk), threads - 1);
        Helpers.Offer(job);
        job.Work();
        Helpers.Withdraw(job);
        job.WaitForHelpers();
    }
}
