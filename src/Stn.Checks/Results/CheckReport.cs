using System.Text;

namespace Stn.Checks.Results;

/// <summary>All results of a run.</summary>
/// <param name="Libtorch">The version that was compared with.</param>
/// <param name="Results">In the order in which they came.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record CheckReport(string Libtorch, IReadOnlyList<CheckResult> Results, double Seconds)
{
    /// <summary>How many checks ran.</summary>
    public int Cases => Results.Count;

    /// <summary>How many found no difference.</summary>
    public int Passed => Count(Outcome.Passed);

    /// <summary>How many found a difference that nothing explains.</summary>
    public int Failed => Count(Outcome.Failed);

    /// <summary>How many found only differences that are known.</summary>
    public int Explained => Count(Outcome.Explained);

    /// <summary>The failures.</summary>
    public IEnumerable<CheckResult> Failures => Results.Where(result => result.Outcome == Outcome.Failed);

    /// <summary>Each known disagreement that was met, and in how many checks and numbers.</summary>
    public IEnumerable<(KnownDisagreement Known, int Checks, int Numbers)> Met =>
        from known in KnownDisagreement.All
        let counts = Results.Where(result => result.Outcome == Outcome.Explained && result.Known.ContainsKey(known.Name))
            .Select(result => result.Known[known.Name]).ToArray()
        where counts.Length > 0
        select (known, counts.Length, counts.Sum());

    /// <summary>The report as text: a line for each group, every failure with its numbers, every known disagreement once.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine($"{"group",-24} {"checks",8} {"passed",8} {"explained",9} {"failed",8}");
        foreach (var group in Results.GroupBy(result => result.Group))
            text.AppendLine($"{group.Key,-24} {group.Count(),8} {Of(group, Outcome.Passed),8} {Of(group, Outcome.Explained),9} {Of(group, Outcome.Failed),8}");
        text.AppendLine($"{"all",-24} {Cases,8} {Passed,8} {Explained,9} {Failed,8}   in {Seconds:f0} s, against libtorch {Libtorch}");
        foreach (var (known, checks, numbers) in Met)
            text.AppendLine().Append($"explained: {known.Name}, {numbers} numbers in {checks} checks\n  {known.Reason}");
        if (Explained > 0)
            text.AppendLine();
        foreach (var failure in Failures)
            text.AppendLine().Append($"FAILED: {failure.Case}, {failure.Input}, against {failure.Check}\n  {failure.Detail}");
        return text.ToString().TrimEnd();
    }

    private int Count(Outcome outcome) => Of(Results, outcome);

    private static int Of(IEnumerable<CheckResult> results, Outcome outcome) => results.Count(result => result.Outcome == outcome);
}
