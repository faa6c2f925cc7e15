namespace Stn.Kernels.Threading;

/// <summary>
/// The tasks of a loop in equal shares, one after the other, one for each worker: who has done his own helps with the next.
/// </summary>
/// <remarks>
/// A loop over the same memory as the loop before finds it in the caches of the same cores. libtorch cuts its loops in the same way.
/// </remarks>
internal sealed class Shares
{
    // Counters of different workers do not lie on one line of the caches.
    private const int Line = 16;

    private readonly int chunk;
    private readonly int shares;
    private readonly int[] next;
    private readonly int[] ends;

    /// <param name="count">The number of tasks.</param>
    /// <param name="chunk">So many are claimed at a time; no share begins within a chunk.</param>
    /// <param name="shares">The number of shares; with one, tasks are claimed in order.</param>
    public Shares(int count, int chunk, int shares)
    {
        (this.chunk, this.shares, next, ends) = (chunk, shares, new int[shares * Line], new int[shares]);
        var chunks = ((long)count + chunk - 1) / chunk;
        for (var share = 0; share < shares; share++)
        {
            next[share * Line] = (int)(chunks * share / shares * chunk);
            ends[share] = (int)Math.Min(count, chunks * (share + 1) / shares * chunk);
        }
    }

    /// <summary>Whether there are tasks that nobody has claimed.</summary>
    public bool Remain
    {
        get
        {
            for (var share = 0; share < shares; share++)
            {
                if (Volatile.Read(ref next[share * Line]) < ends[share])
                    return true;
            }

            return false;
        }
    }

    /// <summary>Claims the tasks from <paramref name="first"/> up to <paramref name="end"/>; false if none is left.</summary>
    public bool TryClaim(int worker, out int first, out int end)
    {
        for (var i = 0; i < shares; i++)
        {
            var share = (int)((uint)(worker + i) % (uint)shares);
            ref var counter = ref next[share * Line];
            if (Volatile.Read(ref counter) >= ends[share])
                continue;
            first = Interlocked.Add(ref counter, chunk) - chunk;
            end = first + Math.Min(chunk, ends[share] - first);
            if (first < end)
                return true;
        }

        (first, end) = (0, 0);
        return false;
    }

    /// <summary>Leaves no task to claim.</summary>
    public void Abandon()
    {
        for (var share = 0; share < shares; share++)
            Interlocked.Exchange(ref next[share * Line], ends[share]);
    }
}
