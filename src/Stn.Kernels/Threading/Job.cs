using System.Runtime.ExceptionServices;

namespace Stn.Kernels.Threading;

/// <summary>One parallel loop: its tasks are claimed by the thread that called and by the helpers that joined.</summary>
internal abstract class Job(Shares shares, int wanted)
{
    // Longer than a thread switch is cheap, shorter than a time slice.
    private const int Spins = 200;

    private int joined;
    private int active;
    private ExceptionDispatchInfo? failure;

    /// <summary>How many helpers may join.</summary>
    public int Wanted => wanted;

    /// <summary>Whether one more helper may join; called under the helpers' lock.</summary>
    public bool TryJoin()
    {
        if (joined == wanted || !shares.Remain)
            return false;

        joined++;
        Interlocked.Increment(ref active);
        return true;
    }

    /// <summary>Claims and does tasks until none is left; a task that throws ends the loop for all.</summary>
    /// <param name="worker">0 for the thread that called, else the helper's number.</param>
    public void Work(int worker)
    {
        try
        {
            while (shares.TryClaim(worker, out var first, out var end))
            {
                for (var task = first; task < end; task++)
                    Invoke(task);
            }
        }
        catch (Exception error)
        {
            Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(error), null);
            shares.Abandon();
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
internal sealed class Job<TBody>(TBody body, Shares shares, int wanted) : Job(shares, wanted)
    where TBody : struct, ITaskBody
{
    protected override void Invoke(int task) => body.Invoke(task);
}
