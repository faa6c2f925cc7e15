using System.Text.Json.Serialization;
using Stn.Experiments.Birds;
using Stn.Experiments.Runs;
using Stn.Experiments.Training;

namespace Stn.Experiments.Results;

/// <summary>What one whole run under a protocol came to, and all that it takes to repeat it: a file of <c>results/</c>.</summary>
public sealed record RunRecord
{
    /// <summary>The experiment's name.</summary>
    public required string Experiment { get; init; }

    /// <summary>The protocol, whose settings were kept.</summary>
    public required string Protocol { get; init; }

    /// <summary>The run's seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The error on the fixed test set after the last epoch, in percent.</summary>
    public required double Error { get; init; }

    /// <summary>The number of test samples.</summary>
    public required int TestSamples { get; init; }

    /// <summary>The learned numbers of the network.</summary>
    public required long Parameters { get; init; }

    /// <summary>Sweeps over the training set, the last of which may be a part of one.</summary>
    public required int Epochs { get; init; }

    /// <summary>Steps of the optimiser.</summary>
    public required long Steps { get; init; }

    /// <summary>Samples that were learned from, each counted as often as it was seen.</summary>
    public required long Samples { get; init; }

    /// <summary>The run's time with the evaluation after each epoch, all its parts together.</summary>
    public required double Minutes { get; init; }

    /// <summary>The command that repeats the run.</summary>
    public required string Command { get; init; }

    /// <summary>The commit that the run began with; null where the build did not know.</summary>
    public string? Commit { get; init; }

    /// <summary>The weights file beside this one; null where none is kept.</summary>
    public string? Weights { get; init; }

    /// <summary>What the transformer left of the digits' poses; null where there is no transformer, or no pose.</summary>
    public PoseSpread? Poses { get; init; }

    /// <summary>What the network's windows see of birds; null where it has none, or there are no birds.</summary>
    public WindowCoverage? Windows { get; init; }

    /// <summary>Versions, machine, data and their hashes, as they were when the run began.</summary>
    public required RunManifest Manifest { get; init; }

    /// <summary>All settings.</summary>
    public required TrainingConfig Settings { get; init; }

    /// <summary>The test samples that were misclassified, in order: two networks can be compared on the same samples.</summary>
    [JsonConverter(typeof(IndexListConverter))]
    public required IReadOnlyList<int> Wrong { get; init; }

    /// <summary>The epochs as they were logged.</summary>
    public required IReadOnlyList<EpochMetrics> Log { get; init; }
}

/// <summary>How much the digits' poses varied before a transformer and behind it.</summary>
/// <param name="AngleBefore">The standard deviation of the angles as they were applied, in degrees.</param>
/// <param name="AngleAfter">The same of the angles that are left.</param>
/// <param name="ScaleBefore">The standard deviation of the logarithm of the scales as they were applied, in percent.</param>
/// <param name="ScaleAfter">The same of the scales that are left.</param>
/// <param name="PlaceBefore">The root of the mean squared distance of the digits' centres from their mean, in percent of a side of the image.</param>
/// <param name="PlaceAfter">The same in the transformer's output, in percent of its side.</param>
public sealed record PoseSpread(
    double AngleBefore, double AngleAfter, double ScaleBefore, double ScaleAfter, double PlaceBefore, double PlaceAfter);
