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

    /// <summary>
    /// Runs an action on so many threads at once, each with a number from 0 on, and returns when all have returned: for processes whose
    /// other work has threads of its own, which would be in the way of more. Null, as at first: helper threads of this library.
    /// </summary>
    /// <remarks>Fewer threads may come than asked for, but the calling one always; a thread best has the same number every time.</remarks>
    public static Action<int, Action<int>>? Team { get; set; }

    /// <summary>Calls <paramref name="body"/> once for each task in [0, <paramref name="groups"/>·<paramref name="size"/>).</summary>
    /// <remarks>
    /// Tasks that follow each other share memory: of those that need not start in order each thread takes an equal share first, of groups
    /// if there are enough. The calling thread works too: one thread means no other thread is involved.
    /// </remarks>
    /// <param name="groups">The number of groups: images.</param>
    /// <param name="size">The tasks of a group: tiles.</param>
    /// <param name="least">So many tasks of a group are one thread's; the size is a multiple of it.</param>
    /// <param name="threads">At most so many threads; 0 is <see cref="Default"/>.</param>
    /// <param name="together">Whether groups may start in any order; not if they wait for each other.</param>
    /// <param name="ordered">Whether the tasks of a group start in order: a task may then wait for an earlier one of its group.</param>
    /// <param name="body">What a task does.</param>
    internal static void For<TBody>(int groups, int size, int least, int threads, bool together, bool ordered, TBody body)
        where TBody : struct, ITaskBody
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        var count = checked(groups * size);
        threads = Math.Min(threads == 0 ? Default : threads, count);
        if (threads <= 1)
        {
            for (var task = 0; task < count; task++)
                body.Invoke(task);
            return;
        }

        var whole = groups >= 2 * threads;
        var chunk = whole ? size * (together ? Math.Max(1, groups / (8 * threads)) : 1) : least;
        var shares = together && (whole || !ordered) ? threads : 1;
        var job = new Job<TBody>(body, new Shares(count, chunk, shares), threads - 1);
        if (Team is { } team)
        {
            team(threads, job.Work);
        }
        else
        {
            Helpers.Offer(job);
            job.Work(0);
            Helpers.Withdraw(job);
        }

        job.WaitForHelpers();
    }
}
