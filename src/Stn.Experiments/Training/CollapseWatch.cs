using Stn.Experiments.Runs;

namespace Stn.Experiments.Training;

/// <summary>Notices when a transformer collapses, and when it comes back: told once each, and written to the log.</summary>
/// <param name="told">What was told before: of a run that goes on.</param>
internal sealed class CollapseWatch(IEnumerable<CollapseMetrics> told)
{
    /// <summary>Above it a transformer has left the frame: it reads zeros, from which nothing is learned.</summary>
    internal const double MostOutside = 0.6;

    /// <summary>Below it a transformer has shrunk to a point: a hundredth of the image's area is 0.1.</summary>
    internal const double LeastScale = 0.1;

    /// <summary>Above it a transformer is folded, or mirrors.</summary>
    internal const double MostFolded = 0.5;

    private const string Cure = "A lower localisation_rate, clip_theta and identity_penalty are the usual cures";

    private readonly Dictionary<string, string> _states = told.GroupBy(one => one.Transformer).ToDictionary(group => group.Key, group => group.Last().State);

    /// <summary>What there is to tell about transformers after a step.</summary>
    internal IEnumerable<CollapseMetrics> Look(long step, IEnumerable<TransformerMetrics> transformers)
    {
        foreach (var one in transformers)
        {
            var state = State(one);
            if (_states.GetValueOrDefault(one.Name, CollapseMetrics.Well) == state)
                continue;
            _states[one.Name] = state;
            yield return new CollapseMetrics(step, one.Name, state, Text(one, state));
        }
    }

    private static string State(TransformerMetrics one) => one switch
    {
        { OutsideShare: > MostOutside } => "outside",
        { Scale: < LeastScale } => "shrunk",
        { FoldedShare: > MostFolded } => "folded",
        _ => CollapseMetrics.Well,
    };

    private static string Text(TransformerMetrics one, string state) => state switch
    {
        "outside" => $"{one.Name} leaves the frame: {one.OutsideShare:p0} of what it reads lies outside. {Cure}.",
        "shrunk" => $"{one.Name} shrinks to a point: the region that it reads has {one.Scale:p0} of the image's side. {Cure}.",
        "folded" => $"{one.Name} folds or mirrors: {one.FoldedShare:p0} of what it reads is turned inside out. {Cure}.",
        _ => $"{one.Name} is well again: {one.OutsideShare:p0} of what it reads lies outside, at a scale of {one.Scale:f2}.",
    };
}
