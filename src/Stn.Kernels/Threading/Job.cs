using System.Runtime.ExceptionServices;

namespace Stn.Kernels.Threading;

/// <summary>One parallel loop: its tasks are claimed in order by the thread that called and by the helpers that joined.</summary>
internal abstract class Job(int count, int chunk, int wanted)
{
    // Longer than a thread switch is cheap, shorter than a time slice.
    private const int Spins = 200;

    private int next;
    private int joined;
    private int active;
    private ExceptionDispatchInfo? failure;

    /// <summary>How many helpers may join.</summary>
    public int Wanted => wanted;

    /// <summary>Whether one more helper may join; called under the helpers' lock.</summary>
    public bool TryJoin()
    {
        if (joined == wanted || Volatile.Read(ref next) >= count)
            return false;

        joined++;
        Interlocked.Increment(ref active);
        return true;
    }

    /// <summary>Claims and does tasks until none is left; a task that throws ends the loop for all.</summary>
    public void Work()
    {
        try
        {
            for (int first; (first = Interlocked.Add(ref next, chunk) - chunk) < count;)
            {
                for (var task = first; task < Math.Min(first + chunk, count); task++)
                    Invoke(task);
            }
        }
        catch (Exception error)
        {
            Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(error), null);
            Interlocked.Exchange(ref next, count);
        }
    }

    /// <summary>A helper has no more to do here.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref active) > 0)
            return;
        lock (this)
            Monitor.PulseAll(this);
    }

    /// <summary>Returns when no helper is at work any more; throws what a task threw.</summary>
    public void WaitForHelpers()
    {
        for (var spin = 0; spin < Spins && Volatile.Read(ref active) > 0; spin++)
            Thread.SpinWait(10);
        lock (this)
        {
            while (Volatile.Read(ref active) > 0)
                Monitor.Wait(this);
        }

        failure?.Throw();
    }

    protected abstract void Invoke(int task);
}

/// <summary>A <see cref="Job"/> around a struct body.</summary>
internal sealed class Job<TBody>(TBody body, int count, int chunk, int wanted) : Job(count, chunk, wanted)
    where TBody : struct, ITaskBody
{
    protected override void Invoke(int task) => body.Invoke(task);
}
