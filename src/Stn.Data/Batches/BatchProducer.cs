using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Stn.Data.Batches;

/// <summary>
/// Makes batches in background threads, ahead of their use and across epochs. Order and content depend on the set and
/// the plan alone: not on the number of threads, not on timing, and not on where the stream starts, so that a run that
/// resumes at (epoch, step) sees what it would have seen.
/// </summary>
/// <remarks>
/// Threads of their own are in the way of a network that trains on all processors: what they compute, it waits for, and longer than it
/// takes. With a team, one batch is made ahead, and each after it when it is asked for, by all of the team at once.
/// </remarks>
public sealed class BatchProducer : IDisposable
{
    private readonly ISampleSet _set;
    private readonly BatchPlan _plan;
    private readonly EpochOrder _order;
    private readonly Action<Action>? _team;
    private readonly Thread[] _threads;

    // No ConcurrentBag: its threads hold what lies in it, and a batch holds the bag, so that neither would ever be freed.
    private readonly ConcurrentStack<Batch> _free = [];

    // All below is guarded by _gate. A ticket is epoch·steps + step; the batch of a ticket waits in slot ticket mod Ahead.
    private readonly object _gate = new();
    private readonly Batch?[] _ready;
    private readonly long _endTicket;
    private readonly long _endAhead;
    private long _nextToMake;
    private long _nextToTake;
    private (long Ticket, Exception Cause)? _failure;
    private bool _stopped;

    /// <summary>Starts the threads.</summary>
    /// <param name="set">The samples.</param>
    /// <param name="plan">The order.</param>
    /// <param name="team">Calls an action on several threads at once and returns when all have returned; null for threads of its own.</param>
    /// <exception cref="ArgumentException">The plan does not fit the set.</exception>
    public BatchProducer(ISampleSet set, BatchPlan plan, Action<Action>? team = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(plan);
        plan.Check(set.Count, set.Shape);
        (_set, _plan, _team) = (set, plan, team);
        _order = new EpochOrder(set.Count, plan.ShuffleSeed);
        _ready = new Batch?[plan.Ahead];
        StepsPerEpoch = plan.StepsPerEpoch(set.Count);
        _nextToMake = _nextToTake = ((long)plan.StartEpoch * StepsPerEpoch) + plan.StartStep;
        _endTicket = plan.EndEpoch is { } end ? (long)end * StepsPerEpoch : long.MaxValue;
        _endAhead = team is null ? _endTicket : Math.Min(_endTicket, _nextToMake + 1);
        _threads = [.. Enumerable.Range(0, team is null ? plan.Threads : 1).Select(i => new Thread(Work) { IsBackground = true, Name = $"batches {i}" })];
        foreach (var thread in _threads)
            thread.Start();
    }

    /// <summary>The number of batches in an epoch.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>Takes the next batch, waiting for it where it must.</summary>
    /// <param name="batch">The batch, to be disposed by the caller.</param>
    /// <returns>False when the plan has come to its end.</returns>
    /// <exception cref="InvalidOperationException">The batch could not be made; the cause is inside.</exception>
    /// <exception cref="ObjectDisposedException">The producer was disposed.</exception>
    public bool TryNext([NotNullWhen(true)] out Batch? batch)
    {
        lock (_gate)
        {
            if (_nextToTake >= _endAhead && _nextToTake < _endTicket)
            {
                batch = MakeNow();
                return true;
            }

            ref var slot = ref _ready[_nextToTake % _ready.Length];
            while (slot is null && !_stopped && _nextToTake < _endTicket && !(_nextToTake >= _failure?.Ticket))
                Monitor.Wait(_gate);

            ObjectDisposedException.ThrowIf(_stopped, this);
            (batch, slot) = (slot, null);
            if (batch is null && _failure is { } failure && _nextToTake < _endTicket)
                throw Failure(failure.Ticket, failure.Cause);
            if (batch is null)
                return false;

            _nextToTake++;
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>Stops the threads and waits for them; each ends with the batch that it is at.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.PulseAll(_gate);
        }

        foreach (var thread in _threads)
            thread.Join();
    }

    private void Work()
    {
        while (TryClaim(out var ticket))
        {
            try
            {
                Put(ticket, Make(ticket, Alone));
            }
            catch (Exception cause)
            {
                // Whatever it is, it belongs to the thread that asks for the batch.
                Fail(ticket, cause);
            }
        }
    }

    private bool TryClaim(out long ticket)
    {
        lock (_gate)
        {
            while (!_stopped && _failure is null && _nextToMake < _endAhead && _nextToMake - _nextToTake >= _ready.Length)
                Monitor.Wait(_gate);

            ticket = _nextToMake;
            if (_stopped || _failure is not null || ticket >= _endAhead)
                return false;

            _nextToMake++;
            return true;
        }
    }

    // Nothing is made beside this: whoever asks at the same time waits.
    private Batch MakeNow()
    {
        ObjectDisposedException.ThrowIf(_stopped, this);
        try
        {
            var batch = Make(_nextToTake, _team!);
            _nextToTake++;
            return batch;
        }
        catch (Exception cause)
        {
            throw Failure(_nextToTake, cause);
        }
    }

    private static void Alone(Action work) => work();

    private Batch Make(long ticket, Action<Action> team)
    {
        var (epoch, step) = ((int)(ticket / StepsPerEpoch), (int)(ticket % StepsPerEpoch));
        var start = step * _plan.BatchSize;
        var count = Math.Min(_plan.BatchSize, _set.Count - start);
        var batch = _free.TryPop(out var used) ? used : new Batch(_plan.BatchSize, _set.Shape, _set.LabelsPerSample, _free.Push);
        batch.Begin(epoch, step, _order.Of(epoch).AsSpan(start, count));
        SharedLoop.Run(count, team, sample => batch.Fill(_set, sample));
        return batch;
    }

    private void Put(long ticket, Batch batch)
    {
        lock (_gate)
        {
            _ready[ticket % _ready.Length] = batch;
            Monitor.PulseAll(_gate);
        }
    }

    private void Fail(long ticket, Exception cause)
    {
        lock (_gate)
        {
            // The earliest failure is the one that a single thread would have met.
            if (_failure is null || ticket < _failure.Value.Ticket)
                _failure = (ticket, cause);
            Monitor.PulseAll(_gate);
        }
    }

    private InvalidOperationException Failure(long ticket, Exception cause) =>
        new($"{Name(ticket)} could not be made: {cause.Message}", cause);

    private string Name(long ticket) => $"the batch of epoch {ticket / StepsPerEpoch}, step {ticket % StepsPerEpoch},";
}
