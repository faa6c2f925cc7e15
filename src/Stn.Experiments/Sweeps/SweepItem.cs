using Stn.Experiments.Training;

namespace Stn.Experiments.Sweeps;

/// <summary>How far a run of a sweep has come.</summary>
public enum SweepState
{
    /// <summary>There is nothing of it yet.</summary>
    Missing,

    /// <summary>Its folder is there: it was cut off, or is at work, or is complete and not recorded.</summary>
    Started,

    /// <summary>Its folder holds a run that was started with other settings, or whose settings cannot be read; a sweep leaves it alone.</summary>
    Otherwise,

    /// <summary>Its record is there.</summary>
    Recorded,
}

/// <summary>One run of a sweep.</summary>
/// <param name="Config">Its settings: the protocol's.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Done">The share of its steps that is done, by its log, 0 to 1.</param>
/// <param name="Minutes">How long it takes in all: as recorded, or expected from runs like it; null where there is none like it.</param>
public sealed record SweepItem(TrainingConfig Config, string Folder, SweepState State, double Done, double? Minutes)
{
    /// <summary>How long it still takes; null where nobody knows.</summary>
    public double? MinutesLeft => State == SweepState.Recorded ? 0 : Minutes * (1 - Done);
}
