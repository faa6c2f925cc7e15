namespace Stn.Experiments.Evaluations;

/// <summary>What a network said of one sample.</summary>
/// <param name="Index">The sample's place in its set.</param>
/// <param name="Labels">Its labels: one class, or those of a sequence.</param>
/// <param name="Answers">For each of them the class that the network gave the highest probability.</param>
/// <param name="Confidence">The probability of the answers, all together.</param>
/// <param name="LabelProbability">The probability of the labels, all together.</param>
/// <param name="Theta">θ of the first transformer; null without one.</param>
public sealed record Prediction(
    int Index, IReadOnlyList<int> Labels, IReadOnlyList<int> Answers, float Confidence, float LabelProbability, double[]? Theta)
{
    /// <summary>The class; of a sequence, that of its first label.</summary>
    public int Label => Labels[0];

    /// <summary>The class that was read; of a sequence, that of its first label.</summary>
    public int Predicted => Answers[0];

    /// <summary>Whether the network was right, for a sequence in all its labels.</summary>
    public bool IsRight => Labels.SequenceEqual(Answers);
}

/// <summary>What a network said of a whole set.</summary>
/// <param name="Predictions">In the set's order.</param>
public sealed record Evaluation(IReadOnlyList<Prediction> Predictions)
{
    /// <summary>The share of misclassified samples, in percent.</summary>
    public double Error => 100.0 * Predictions.Count(p => !p.IsRight) / Predictions.Count;

    /// <summary>For each class, by label: how many labels are of it, and the percentage of them that was misread. Of a sequence each place counts.</summary>
    public IReadOnlyList<(int Label, int Count, double Error)> PerClass =>
        [.. from p in Predictions
            from place in p.Labels.Zip(p.Answers)
            group place by place.First into one
            orderby one.Key
            select (one.Key, one.Count(), 100.0 * one.Count(place => place.First != place.Second) / one.Count())];

    /// <summary>The mistakes, the one with the least probability for the truth first.</summary>
    public IEnumerable<Prediction> Worst => Predictions.Where(p => !p.IsRight).OrderBy(p => p.LabelProbability);
}
