using System.IO.Enumeration;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Results;
using Stn.Experiments.Runs;
using Stn.Experiments.Training;

namespace Stn.Experiments.Sweeps;

/// <summary>Which runs a sweep has, and how far they have come: made anew from the folders each time, so that nothing needs to be remembered.</summary>
/// <param name="files">The records.</param>
/// <param name="runs">The folder that runs lie in.</param>
public sealed class SweepPlan(ResultFiles files, string runs)
{
    /// <summary>A run's folder where no other is named.</summary>
    /// <param name="runs">The folder that runs lie in.</param>
    /// <param name="config">The run's settings.</param>
    public static string FolderOf(string runs, TrainingConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return Path.Combine(runs, $"{config.Experiment.Replace('/', '-')}-{config.Protocol}-seed{config.Seed}");
    }

    /// <summary>The settings of all runs: the experiments whose names match, seed by seed.</summary>
    /// <param name="pattern">A name in which * stands for any letters and ? for one: <c>rts/*</c>, <c>*/st-cnn-*</c>.</param>
    /// <param name="protocol">Their protocol.</param>
    /// <param name="seeds">Seeds 1 to this.</param>
    /// <param name="device">Where they run.</param>
    /// <param name="init">The file of weights for experiments that start from some; empty for none.</param>
    /// <exception cref="ArgumentException">No experiment matches, one has no such protocol, or there is no seed.</exception>
    public static IReadOnlyList<TrainingConfig> Configs(string pattern, string protocol, int seeds, string device, string init = "")
    {
        var experiments = ExperimentCatalogue.All.Where(e => IsMatch(pattern, e)).ToList();
        if (init.Length > 0 && !experiments.Exists(experiment => experiment.StartsFromWeights))
            throw new ArgumentException($"no experiment that matches '{pattern}' starts from weights: leave out --init");
        if (experiments.Count == 0)
            throw new ArgumentException($"no experiment matches '{pattern}'; there are {string.Join(", ", ExperimentCatalogue.All.Select(e => e.Name))}");
        // The first seed of all, then the second of all: a sweep that is cut short has a number for every cell.
        return
        [
            .. from seed in Enumerable.Range(1, AtLeastOne(seeds))
               from experiment in experiments
               let config = experiment.Config(protocol)
               select config with { Seed = (ulong)seed, Device = device, Init = experiment.StartsFromWeights ? init : config.Init },
        ];
    }

    /// <summary>The number of seeds, if there is one.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static int AtLeastOne(int seeds) => seeds >= 1 ? seeds : throw new ArgumentException($"a sweep needs 1 seed or more, got {seeds}");

    /// <summary>The settings with which runs that were begun go on: the weights that one started from, which its checkpoint no longer needs, may have moved.</summary>
    /// <param name="configs">The settings, with a file of weights or none for those that start from some.</param>
    public IReadOnlyList<TrainingConfig> GoingOn(IReadOnlyList<TrainingConfig> configs)
    {
        ArgumentNullException.ThrowIfNull(configs);
        return [.. configs.Select(config => ExperimentCatalogue.Find(config).StartsFromWeights ? config with { Init = InitOf(config) } : config)];
    }

    /// <summary>Whether the name of any experiment of the catalogue matches.</summary>
    public static bool IsMatched(string pattern) => ExperimentCatalogue.All.Any(e => IsMatch(pattern, e));

    /// <summary>How far runs have come.</summary>
    public IReadOnlyList<SweepItem> Items(IEnumerable<TrainingConfig> configs)
    {
        ArgumentNullException.ThrowIfNull(configs);
        var records = files.All();
        return [.. configs.Select(config => Item(config, records))];
    }

    private static bool IsMatch(string pattern, Experiment experiment) => FileSystemName.MatchesSimpleExpression(pattern, experiment.Name, ignoreCase: false);

    private SweepItem Item(TrainingConfig config, IReadOnlyList<RunRecord> records)
    {
        var folder = FolderOf(runs, config);
        if (records.FirstOrDefault(r => (r.Experiment, r.Protocol, r.Seed) == (config.Experiment, config.Protocol, config.Seed) && Recorder.IsCurrent(r)) is { } record)
            return new SweepItem(config, folder, SweepState.Recorded, 1, record.Minutes);
        var (state, done) = StateOf(config, folder);
        return new SweepItem(config, folder, state, done, ExpectedTime.Of(config, records));
    }

    private (SweepState State, double Done) StateOf(TrainingConfig config, string folder)
    {
        try
        {
            return Begun(config) is not { } begun ? (SweepState.Missing, 0)
                : ConfigFile.Differences(begun, config).Count == 0 ? (SweepState.Started, Done(config, Path.Combine(folder, "metrics.jsonl")))
                : (SweepState.Otherwise, 0);
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            return (SweepState.Otherwise, 0);
        }
    }

    // Of a run that was begun with the same file, or where none is named, the path that it has.
    private string InitOf(TrainingConfig config)
    {
        try
        {
            return Begun(config) is { } begun && (config.Init.Length == 0 || Path.GetFileName(config.Init) == Path.GetFileName(begun.Init)) ? begun.Init : config.Init;
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            return config.Init;
        }
    }

    private TrainingConfig? Begun(TrainingConfig config) =>
        Path.Combine(FolderOf(runs, config), "config.json") is var settings && File.Exists(settings) ? ConfigFile.Read(settings) : null;

    private static bool IsUnreadable(Exception error) => error is InvalidDataException or IOException or UnauthorizedAccessException;

    private static double Done(TrainingConfig config, string metrics)
    {
        if (!File.Exists(metrics) || MetricsLog.Epochs(metrics) is not [.., { Epoch: > 0 } last])
            return 0;
        var steps = (long)config.Epochs * last.Step / last.Epoch;
        return Math.Min(1, (double)last.Step / (config.Steps > 0 ? Math.Min(config.Steps, steps) : steps));
    }
}
