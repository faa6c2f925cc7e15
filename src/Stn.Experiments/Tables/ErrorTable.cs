using Stn.Experiments.Catalogue;
using Stn.Experiments.Results;
using Stn.Experiments.Training;

namespace Stn.Experiments.Tables;

/// <summary>A table of errors on test sets: its cells are the catalogue's experiments with a number of that table, in the catalogue's order.</summary>
/// <param name="number">The paper's number of the table.</param>
/// <param name="title">What it shows.</param>
internal sealed class ErrorTable(int number, string title) : IPaperTable
{
    private readonly IReadOnlyList<Experiment> _experiments = [.. ExperimentCatalogue.All.Where(e => e.Paper?.Table == number)];

    /// <inheritdoc/>
    public int Number => number;

    /// <inheritdoc/>
    public string Title => title;

    /// <summary>How the paper trained, in words.</summary>
    internal required string PaperTraining { get; init; }

    /// <summary>The beginning of a network's name, and the network of the same data that it is compared with.</summary>
    internal IReadOnlyList<(string Prefix, string Baseline)> Baselines { get; init; } = [];

    /// <summary>What stands in a cell that has no record.</summary>
    internal string NotMeasured { get; init; } = ErrorTableText.NotRun;

    /// <summary>What the baselines are compared for, in words.</summary>
    internal string Comparison { get; init; } = "With a transformer against without";

    /// <inheritdoc/>
    public string Text(ResultFiles files) => ErrorTableText.Of(this, ByProtocol(files));

    /// <inheritdoc/>
    public string Markdown(ResultFiles files) => ErrorTableMarkdown.Of(this, ByProtocol(files));

    /// <inheritdoc/>
    public IReadOnlyList<object> Json(ResultFiles files) => [.. ByProtocol(files).SelectMany(cells => cells).Select(ErrorTableJson.Of)];

    /// <summary>The cells of each protocol that was run; of the fast one, in any case.</summary>
    private IReadOnlyList<IReadOnlyList<ErrorCell>> ByProtocol(ResultFiles files)
    {
        var names = _experiments.Select(e => e.Name).ToHashSet();
        var records = files.All().Where(r => names.Contains(r.Experiment)).ToLookup(r => (r.Experiment, r.Protocol));
        var protocols = records.Select(group => group.Key.Protocol);
        return
        [
            .. protocols.Append(Protocols.Fast).Distinct().OrderBy(p => p == Protocols.Fast ? 0 : 1).ThenBy(p => p, StringComparer.Ordinal)
                .Select(protocol => (IReadOnlyList<ErrorCell>)[.. _experiments.Select(e => Cell(e, protocol, records))]),
        ];
    }

    private ErrorCell Cell(Experiment experiment, string protocol, ILookup<(string Experiment, string Protocol), RunRecord> records)
    {
        var (own, isEarlier) = RecordStates.CurrentOrEarlier(records[(experiment.Name, protocol)]);
        var baseline = BaselineOf(experiment);
        IReadOnlyList<RunRecord> others = baseline is null ? [] : [.. records[(baseline, protocol)]];
        return new ErrorCell(
            experiment.Name, experiment.Paper!, protocol, own, isEarlier, baseline,
            [.. own.Select(record => (Record: record, Other: others.FirstOrDefault(other => RecordStates.AreAlike(record, other))))
                .Where(pair => pair.Other is not null).Select(pair => McNemar.Of(pair.Other!, pair.Record))]);
    }

    private string? BaselineOf(Experiment experiment)
    {
        var parts = experiment.Name.Split('/');
        var baseline = Baselines.FirstOrDefault(b => parts[^1].StartsWith(b.Prefix, StringComparison.Ordinal)).Baseline;
        return baseline is null ? null : $"{parts[0]}/{baseline}";
    }
}
