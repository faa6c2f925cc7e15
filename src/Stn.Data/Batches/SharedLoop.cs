using System.Runtime.ExceptionServices;

namespace Stn.Data.Batches;

/// <summary>A loop whose steps several threads take, a few at a time.</summary>
internal sealed class SharedLoop(int count, Action<int> body)
{
    // Samples take from a microsecond up; taking some costs a tenth of one.
    private const int Chunk = 8;

    private readonly Lock _gate = new();
    private int _next;
    private (int Step, ExceptionDispatchInfo Error)? _failure;

    /// <summary>Calls the body once for each of 0 … count − 1.</summary>
    /// <param name="count">The number of steps.</param>
    /// <param name="team">Calls an action on several threads at once and returns when all have returned.</param>
    /// <param name="body">A step. Where several fail, the first one's exception comes out.</param>
    public static void Run(int count, Action<Action> team, Action<int> body)
    {
        var loop = new SharedLoop(count, body);
        team(loop.Work);
        loop._failure?.Error.Throw();
    }

    private void Work()
    {
        for (var first = Take(); first < count; first = Take())
        {
            for (var step = first; step < Math.Min(count, first + Chunk); step++)
                Try(step);
        }
    }

    private int Take() => Interlocked.Add(ref _next, Chunk) - Chunk;

    private void Try(int step)
    {
        try
        {
            body(step);
        }
        catch (Exception error)
        {
            lock (_gate)
            {
                if (_failure is null || step < _failure.Value.Step)
                    _failure = (step, ExceptionDispatchInfo.Capture(error));
            }
        }
    }
}
