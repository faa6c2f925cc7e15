using Stn.Experiments.Results;

namespace Stn.Experiments.Tables;

/// <summary>McNemar's exact test: whether two networks that were measured on the same samples differ by more than chance.</summary>
/// <param name="Seed">The seed of both runs.</param>
/// <param name="OnlyBaselineWrong">Samples that the baseline alone misclassified.</param>
/// <param name="OnlyNetworkWrong">Samples that the network alone misclassified.</param>
/// <param name="P">The chance of a difference as large or larger, either way, if both were equally good.</param>
public sealed record McNemar(ulong Seed, int OnlyBaselineWrong, int OnlyNetworkWrong, double P)
{
    /// <summary>Compares two records of the same test set.</summary>
    /// <exception cref="InvalidDataException">They were measured on different samples.</exception>
    public static McNemar Of(RunRecord baseline, RunRecord network)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(network);
        if (baseline.Manifest.EvaluationData != network.Manifest.EvaluationData)
            throw new InvalidDataException($"{ResultFiles.DisplayName(baseline)} and {ResultFiles.DisplayName(network)} were measured on different samples");
        var (only, other) = (baseline.Wrong.Except(network.Wrong).Count(), network.Wrong.Except(baseline.Wrong).Count());
        return new McNemar(network.Seed, only, other, Probability(only, other));
    }

    /// <summary>
    /// The two-sided exact p of <paramref name="first"/> heads and <paramref name="second"/> tails of a fair coin:
    /// 2·Σ_{k ≤ min} C(n, k)/2ⁿ, at most 1.
    /// </summary>
    public static double Probability(int first, int second)
    {
        var n = first + second;
        var (sum, logTerm) = (0.0, -n * Math.Log(2)); // the logarithm of C(n, k)/2ⁿ, which itself may be too small for a number
        for (var k = 0; k <= Math.Min(first, second); k++)
        {
            sum += Math.Exp(logTerm);
            logTerm += Math.Log((double)(n - k) / (k + 1));
        }

        return Math.Min(1, 2 * sum);
    }
}
