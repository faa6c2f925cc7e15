namespace Stn.Experiments.Runs;

/// <summary>A log step's numbers: a line of metrics.jsonl with <c>"kind":"step"</c>.</summary>
/// <param name="Step">Steps made since the start of the run.</param>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Loss">The mean loss since the line before.</param>
/// <param name="Rate">The base learning rate of the step.</param>
/// <param name="ImagesPerSecond">Since the line before.</param>
/// <param name="OutsideShare">Of the first transformer, on this batch: see <see cref="WarpHealth"/>; null without one.</param>
/// <param name="Scale">Likewise.</param>
/// <param name="SmallestArea">Likewise.</param>
/// <param name="LocalisationGradient">The norm of the localisation networks' gradient.</param>
public sealed record StepMetrics(
    long Step, int Epoch, double Loss, double Rate, double ImagesPerSecond, double? OutsideShare, double? Scale,
    double? SmallestArea, double? LocalisationGradient)
{
    /// <summary>Tells the lines apart.</summary>
    public string Kind { get; } = "step";
}

/// <summary>An epoch's numbers: a line of metrics.jsonl with <c>"kind":"epoch"</c>.</summary>
/// <param name="Step">Steps made since the start of the run.</param>
/// <param name="Epoch">The epoch that has ended, from 1.</param>
/// <param name="TrainLoss">The mean loss of its steps.</param>
/// <param name="TrainError">The share of its training images that were misclassified, in percent.</param>
/// <param name="Error">The error on the evaluation set, in percent.</param>
/// <param name="Seconds">Since the start of the run, evaluations included, earlier parts of a resumed run too.</param>
public sealed record EpochMetrics(long Step, int Epoch, double TrainLoss, double TrainError, double Error, double Seconds)
{
    /// <summary>Tells the lines apart.</summary>
    public string Kind { get; } = "epoch";
}
