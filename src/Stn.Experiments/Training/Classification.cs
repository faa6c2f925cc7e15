using Stn.Torch;

namespace Stn.Experiments.Training;

/// <summary>Loss and mistakes of logits: (N, K) for one label a sample, (N, S, K) for S labels, which are right only all together.</summary>
public static class Classification
{
    /// <summary>The cross-entropy of each label, added over a sample's labels, in the mean of the samples.</summary>
    /// <param name="logits">(N, K) or (N, S, K).</param>
    /// <param name="labels">N·S labels, 64-bit integers.</param>
    /// <param name="smoothing">The share of each label that goes to all classes alike.</param>
    public static Tensor Loss(Tensor logits, Tensor labels, double smoothing = 0)
    {
        ArgumentNullException.ThrowIfNull(logits);
        return logits.Dimensions == 2
            ? Functional.CrossEntropy(logits, labels, smoothing)
            : Functional.CrossEntropy(logits.Reshape(-1, logits.Size(2)), labels, smoothing) * logits.Size(1);
    }

    /// <summary>How many samples have a label whose logit is not the largest.</summary>
    /// <param name="logits">(N, K) or (N, S, K).</param>
    /// <param name="labels">N·S labels.</param>
    public static long CountWrong(Tensor logits, ReadOnlySpan<long> labels)
    {
        ArgumentNullException.ThrowIfNull(logits);
        return CountWrongOf(Predicted(logits), labels);
    }

    /// <summary>The labels of the largest logits: (N) or (N, S).</summary>
    internal static Tensor Predicted(Tensor logits) => logits.ArgMax(-1);

    /// <summary>How many samples have a label that is not the predicted one.</summary>
    /// <param name="predictions">(N) or (N, S).</param>
    /// <param name="labels">N·S labels.</param>
    internal static long CountWrongOf(Tensor predictions, ReadOnlySpan<long> labels)
    {
        var predicted = predictions.ToArray<long>();
        var positions = predicted.Length / (int)Math.Max(1, predictions.Size(0));
        var wrong = 0L;
        for (var i = 0; i < predicted.Length; i += positions)
            wrong += labels.Slice(i, positions).SequenceEqual(predicted.AsSpan(i, positions)) ? 0 : 1;
        return wrong;
    }
}
