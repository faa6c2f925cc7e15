namespace Stn.Checks.Results;

/// <summary>What a check came to.</summary>
public enum Outcome
{
    /// <summary>No number differs.</summary>
    Passed,

    /// <summary>Numbers differ, each by a disagreement of libtorch's own paths that is known.</summary>
    Explained,

    /// <summary>A number differs, or the warp threw.</summary>
    Failed,
}

/// <summary>One check of one case on one input.</summary>
/// <param name="Case">The case's name.</param>
/// <param name="Group">The line of the summary that counts it.</param>
/// <param name="Check">What it was compared with: <c>scalar</c>, <c>differences</c>, <c>libtorch</c>, <c>buffers</c>.</param>
/// <param name="Input">The input's name.</param>
/// <param name="Outcome">What it came to.</param>
/// <param name="Detail">Of a failure: how many numbers differ, and the worst of them.</param>
/// <param name="Known">The names of the known disagreements that explain it, and how many numbers each.</param>
public sealed record CheckResult(
    string Case, string Group, string Check, string Input, Outcome Outcome, string? Detail, IReadOnlyDictionary<string, int> Known)
{
    private static readonly Dictionary<string, int> Nothing = [];

    /// <summary>The outcome of differences that nothing explains.</summary>
    /// <param name="of">The case's name, its group, the check and the input.</param>
    /// <param name="differences">None where it passed.</param>
    public static CheckResult Of((string Case, string Group, string Check, string Input) of, IReadOnlyCollection<Difference> differences) =>
        Of(of, differences, Nothing);

    /// <summary>The outcome of differences, some of which are explained.</summary>
    /// <param name="of">The case's name, its group, the check and the input.</param>
    /// <param name="unexplained">What nothing explains.</param>
    /// <param name="known">How many numbers each known disagreement explains.</param>
    public static CheckResult Of(
        (string Case, string Group, string Check, string Input) of, IReadOnlyCollection<Difference> unexplained,
        IReadOnlyDictionary<string, int> known)
    {
        ArgumentNullException.ThrowIfNull(unexplained);
        ArgumentNullException.ThrowIfNull(known);
        var outcome = unexplained.Count > 0 ? Outcome.Failed : known.Count > 0 ? Outcome.Explained : Outcome.Passed;
        return new CheckResult(of.Case, of.Group, of.Check, of.Input, outcome, outcome == Outcome.Failed ? Worst(unexplained) : null, known);
    }

    /// <summary>A warp that threw where it should have computed.</summary>
    /// <param name="of">The case's name, its group, the check and the input.</param>
    /// <param name="error">What it threw.</param>
    public static CheckResult Of((string Case, string Group, string Check, string Input) of, Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new CheckResult(of.Case, of.Group, of.Check, of.Input, Outcome.Failed, $"{error.GetType().Name}: {error.Message}", Nothing);
    }

    private static string Worst(IReadOnlyCollection<Difference> differences)
    {
        var worst = differences.MaxBy(one => double.IsNaN(one.Actual - one.Expected) ? double.MaxValue : Math.Abs(one.Actual - one.Expected) / one.Allowed)!;
        return differences.Count == 1 ? worst.ToString() : $"{worst} (the worst of {differences.Count})";
    }
}
