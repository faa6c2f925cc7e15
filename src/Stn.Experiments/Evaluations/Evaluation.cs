using Stn.Data.Distortions;

namespace Stn.Experiments.Evaluations;

/// <summary>What a network said of one image.</summary>
/// <param name="Index">The image's place in its set.</param>
/// <param name="Label">Its class.</param>
/// <param name="Predicted">The class that the network gave the highest probability.</param>
/// <param name="Confidence">That probability.</param>
/// <param name="LabelProbability">The probability of the true class.</param>
/// <param name="Theta">θ of the first transformer; null without one.</param>
/// <param name="Pose">How the digit was distorted.</param>
public sealed record Prediction(
    int Index, int Label, int Predicted, float Confidence, float LabelProbability, double[]? Theta, Pose Pose)
{
    /// <summary>Whether the network was right.</summary>
    public bool IsRight => Label == Predicted;
}

/// <summary>What a network said of a whole set.</summary>
/// <param name="Predictions">In the set's order.</param>
public sealed record Evaluation(IReadOnlyList<Prediction> Predictions)
{
    /// <summary>The share of misclassified images, in percent.</summary>
    public double Error => 100.0 * Predictions.Count(p => !p.IsRight) / Predictions.Count;

    /// <summary>The same for each class, by label.</summary>
    public IReadOnlyList<(int Label, int Images, double Error)> PerClass =>
        [.. from p in Predictions
            group p by p.Label into one
            orderby one.Key
            select (one.Key, one.Count(), 100.0 * one.Count(p => !p.IsRight) / one.Count())];

    /// <summary>The mistakes, the one with the least probability for the truth first.</summary>
    public IEnumerable<Prediction> Worst => Predictions.Where(p => !p.IsRight).OrderBy(p => p.LabelProbability);
}
