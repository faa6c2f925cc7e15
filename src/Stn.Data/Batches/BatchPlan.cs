namespace Stn.Data.Batches;

/// <summary>Which batches come, in which order; with a set, it decides every batch.</summary>
/// <param name="BatchSize">The number of images in a batch.</param>
public sealed record BatchPlan(int BatchSize)
{
    // An array holds no more; some of it is lost to alignment.
    private static readonly int s_largestBatch = Array.MaxLength - 64;

    /// <summary>The seed of the order in each epoch; null keeps the order of the set.</summary>
    public ulong? ShuffleSeed { get; init; }

    /// <summary>True leaves out the last batch of an epoch where it would be smaller than the others.</summary>
    public bool DropLast { get; init; }

    /// <summary>The epoch of the first batch.</summary>
    public int StartEpoch { get; init; }

    /// <summary>The step of the first batch in its epoch; the number of steps in an epoch means the next epoch's first.</summary>
    public int StartStep { get; init; }

    /// <summary>The first epoch that does not come; null goes on without end.</summary>
    public int? EndEpoch { get; init; }

    /// <summary>The number of threads that fill batches, where the producer has its own; it does not change them.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>How many batches these threads make ahead of the one that is asked for.</summary>
    public int Ahead { get; init; } = 8;

    /// <summary>Every image once, in the order of the set: for evaluation.</summary>
    public static BatchPlan OneSweep(int batchSize) => new(batchSize) { EndEpoch = 1 };

    /// <summary>Whole batches in an order of its own for each epoch, without end: for training.</summary>
    public static BatchPlan Training(int batchSize, ulong seed) => new(batchSize) { ShuffleSeed = seed, DropLast = true };

    /// <summary>The number of batches in an epoch of <paramref name="count"/> images.</summary>
    public int StepsPerEpoch(int count) => DropLast ? count / BatchSize : (count + BatchSize - 1) / BatchSize;

    internal void Check(int count, SampleShape shape)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BatchSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Threads);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Ahead);
        ArgumentOutOfRangeException.ThrowIfNegative(StartEpoch);
        ArgumentOutOfRangeException.ThrowIfNegative(StartStep);
        var steps = StepsPerEpoch(count);
        if (steps == 0)
            throw new ArgumentException($"{count} images do not fill one batch of {BatchSize}");

        ArgumentOutOfRangeException.ThrowIfGreaterThan(StartStep, steps);
        if ((long)BatchSize * shape.Length > s_largestBatch)
            throw new ArgumentException($"a batch of {BatchSize} samples of {shape.Length} numbers is too large; {s_largestBatch / shape.Length} fit");
    }
}
