namespace Stn.Experiments.Runs;

/// <summary>A log step's numbers: a line of metrics.jsonl with <c>"kind":"step"</c>.</summary>
/// <param name="Step">Steps made since the start of the run.</param>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Loss">The mean loss since the line before.</param>
/// <param name="Rate">The base learning rate of the step.</param>
/// <param name="ImagesPerSecond">Since the line before.</param>
/// <param name="Transformers">Each transformer on the batch of the step; empty without one.</param>
public sealed record StepMetrics(
    long Step, int Epoch, double Loss, double Rate, double ImagesPerSecond, IReadOnlyList<TransformerMetrics> Transformers)
{
    /// <summary>Tells the lines apart.</summary>
    public string Kind { get; } = "step";
}

/// <summary>A transformer on one batch; what is null is not measured of volumes. See <see cref="WarpHealth"/>.</summary>
/// <param name="Name">Its name in the network.</param>
/// <param name="OutsideShare">The share of the points that it reads outside the image.</param>
/// <param name="Scale">The mean side of the region that it reads, the image's own being 1.</param>
/// <param name="SmallestArea">The smallest signed area of these regions.</param>
/// <param name="FoldedShare">The share of what it reads that is turned inside out.</param>
/// <param name="ThetaGradient">The mean over the batch of the norm of a sample's gradient with respect to θ, before it is clipped.</param>
public sealed record TransformerMetrics(
    string Name, double? OutsideShare, double? Scale, double? SmallestArea, double? FoldedShare, double? ThetaGradient);

/// <summary>A transformer that collapses, or comes back: a line of metrics.jsonl with <c>"kind":"collapse"</c>.</summary>
/// <param name="Step">Steps made since the start of the run.</param>
/// <param name="Transformer">Its name in the network.</param>
/// <param name="State">outside, shrunk, folded or <see cref="Well"/>.</param>
/// <param name="Text">The same for people.</param>
public sealed record CollapseMetrics(long Step, string Transformer, string State, string Text)
{
    /// <summary>The state of a transformer that has not collapsed.</summary>
    public const string Well = "well";

    /// <summary>Tells the lines apart.</summary>
    public string Kind { get; } = "collapse";
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
