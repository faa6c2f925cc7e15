using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Stn.Data.Batches;

/// <summary>
/// Makes batches in background threads, ahead of their use and across epochs. Order and content depend on the set and
/// the plan alone: not on the number of threads, not on timing, and not on where the stream starts, so that a run that
/// resumes at (epoch, step) sees what it would have seen.
/// </summary>
public sealed class BatchProducer : IDisposable
{
    private readonly ISampleSet _set;
    private readonly BatchPlan _plan;
    private readonly EpochOrder _order;
    private readonly Thread[] _threads;
    private readonly ConcurrentBag<Batch> _free = [];

    // All below is guarded by _gate. A ticket is epoch·steps + step; the batch of a ticket waits in slot ticket mod Ahead.
    private readonly object _gate = new();
    private readonly Batch?[] _ready;
    private readonly long _endTicket;
    private long _nextToMake;
    private long _nextToTake;
    private (long Ticket, Exception Cause)? _failure;
    private bool _stopped;

    /// <summary>Starts the threads.</summary>
    /// <param name="set">The samples.</param>
    /// <param name="plan">The order.</param>
    /// <exception cref="ArgumentException">The plan does not fit the set.</exception>
    public BatchProducer(ISampleSet set, BatchPlan plan)
    {
        plan.Check(set.Count);
        (_set, _plan) = (set, plan);
        _order = new EpochOrder(set.Count, plan.ShuffleSeed);
        _ready = new Batch?[plan.Ahead];
        StepsPerEpoch = plan.StepsPerEpoch(set.Count);
        _nextToMake = _nextToTake = ((long)plan.StartEpoch * StepsPerEpoch) + plan.StartStep;
        _endTicket = plan.EndEpoch is { } end ? (long)end * StepsPerEpoch : long.MaxValue;
        _threads = [.. Enumerable.Range(0, plan.Threads).Select(i => new Thread(Work) { IsBackground = true, Name = $"batches {i}" })];
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
            ref var slot = ref _ready[_nextToTake % _ready.Length];
            while (slot is null && !_stopped && _nextToTake < _endTicket && !(_nextToTake >= _failure?.Ticket))
                Monitor.Wait(_gate);

            ObjectDisposedException.ThrowIf(_stopped, this);
            (batch, slot) = (slot, null);
            if (batch is null && _failure is { } failure && _nextToTake < _endTicket)
                throw new InvalidOperationException($"{Name(failure.Ticket)} could not be made: {failure.Cause.Message}", failure.Cause);
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
                Put(ticket, Make(ticket));
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
            while (!_stopped && _failure is null && _nextToMake < _endTicket && _nextToMake - _nextToTake >= _ready.Length)
                Monitor.Wait(_gate);

            ticket = _nextToMake;
            if (_stopped || _failure is not null || ticket >= _endTicket)
                return false;

            _nextToMake++;
            return true;
        }
    }

    private Batch Make(long ticket)
    {
        var (epoch, step) = ((int)(ticket / StepsPerEpoch), (int)(ticket % StepsPerEpoch));
        var start = step * _plan.BatchSize;
        var count = Math.Min(_plan.BatchSize, _set.Count - start);
        var batch = _free.TryTake(out var used) ? used : new Batch(_plan.BatchSize, _set.Shape, _set.LabelsPerSample, _free.Add);
        batch.Fill(_set, epoch, step, _order.Of(epoch).AsSpan(start, count));
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

    private string Name(long ticket) => $"the batch of epoch {ticket / StepsPerEpoch}, step {ticket % StepsPerEpoch},";
}
