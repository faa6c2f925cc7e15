using Stn.Experiments.Training;

namespace Stn.Experiments.Results;

/// <summary>Protocols change, and records outlive it: which records of a run stand for it, and which can be compared.</summary>
public static class RecordStates
{
    /// <summary>The records of the protocol as it is, by seed; where there are none, those of the last state before it.</summary>
    /// <param name="records">Of one experiment and protocol.</param>
    public static (IReadOnlyList<RunRecord> Records, bool AreEarlier) CurrentOrEarlier(IEnumerable<RunRecord> records)
    {
        var byState = records.OrderBy(r => r.Seed).ToLookup(Recorder.IsCurrent);
        if (byState[true].Any())
            return ([.. byState[true]], false);
        var last = byState[false].GroupBy(StateOf).MaxBy(state => state.Max(r => r.Manifest.Started));
        return (last is null ? [] : [.. last], last is not null);
    }

    /// <summary>Whether two records are of one seed, and both of the protocol as it is or both of one earlier state of it.</summary>
    public static bool AreAlike(RunRecord one, RunRecord other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return one.Seed == other.Seed && (Recorder.IsCurrent(one), Recorder.IsCurrent(other)) switch
        {
            (true, true) => true,
            (false, false) => StateOf(one) == StateOf(other),
            _ => false,
        };
    }

    // What is the same for all runs of a family and a state of its protocol.
    private static TrainingConfig StateOf(RunRecord record) => record.Settings with { Experiment = string.Empty, Seed = 0, LogEvery = 0 };
}
