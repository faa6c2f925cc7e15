using Stn.Experiments.Catalogue;
using Stn.Experiments.Results;

namespace Stn.Experiments.Tables;

/// <summary>A cell of a table of errors under one protocol: the paper's number and ours.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Paper">The paper's number.</param>
/// <param name="Protocol">How ours was trained.</param>
/// <param name="Records">Ours, by seed; none where it was not run yet.</param>
/// <param name="IsEarlier">Whether the protocol has changed since they were made.</param>
/// <param name="Baseline">What it is compared with on the same samples; null for nothing.</param>
/// <param name="Paired">The comparisons, for each seed that both have.</param>
public sealed record ErrorCell(
    string Experiment, PaperResult Paper, string Protocol, IReadOnlyList<RunRecord> Records, bool IsEarlier, string? Baseline, IReadOnlyList<McNemar> Paired)
{
    /// <summary>The first half of the experiment's name.</summary>
    public string Data => Experiment.Split('/')[0];

    /// <summary>The second half.</summary>
    public string Network => Experiment.Split('/')[^1];

    /// <summary>The record of the first seed; null without a run.</summary>
    public RunRecord? First => Records is [var first, ..] ? first : null;

    /// <summary>The mean error of the seeds, in percent; null without a run.</summary>
    public double? Ours => Mean(r => r.Error);

    /// <summary>The standard deviation of the seeds' errors (with n − 1); null below two.</summary>
    public double? Spread => Records.Count < 2 ? null : Math.Sqrt(Records.Sum(r => (r.Error - Ours!.Value) * (r.Error - Ours.Value)) / (Records.Count - 1));

    /// <summary>Whether our mean, rounded to one decimal as the paper's, is at or below it; null without a run.</summary>
    public bool? IsAtOrBelow => Ours is { } ours ? Math.Round((decimal)ours, 1, MidpointRounding.AwayFromZero) <= (decimal)Paper.Error : null;

    /// <summary>The mean time of a run, in minutes; null without a run.</summary>
    public double? Minutes => Mean(r => r.Minutes);

    private double? Mean(Func<RunRecord, double> value) => Records.Count == 0 ? null : Records.Average(value);
}
