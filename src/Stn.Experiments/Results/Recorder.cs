using System.Globalization;
using Stn.Experiments.Birds;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Reports;
using Stn.Experiments.Runs;
using Stn.Experiments.Training;
using Stn.Torch.Files;

namespace Stn.Experiments.Results;

/// <summary>Makes the record of a whole run. A run with other settings than its protocol's has none: its number would bear the protocol's name.</summary>
public static class Recorder
{
    /// <summary>The most bytes of weights that results keep, all together.</summary>
    public const long WeightsLimit = 10_000_000;

    private const string WeightsEnding = ".safetensors";

    /// <summary>Throws unless a run with these settings may be recorded: seed and device are free, and how often it is logged.</summary>
    /// <exception cref="ArgumentException">Another setting differs from the protocol's.</exception>
    public static void RequireProtocol(TrainingConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (config.Pictures is not null)
            throw new ArgumentException("runs on own pictures are not recorded: results are of the paper's experiments");
        if (LacksWeights(config))
            throw new ArgumentException($"{config.Experiment} cannot be recorded from random weights: the paper's networks start from ImageNet's; name a file with --init");
        if (Differences(config) is { Count: > 0 } differences)
            throw new ArgumentException($"{config.Experiment} cannot be recorded as '{config.Protocol}': {string.Join("; ", differences)}");
    }

    /// <summary>Whether a record is of its protocol as it is now: a protocol that has changed since leaves older numbers behind, which its command does not give again.</summary>
    /// <exception cref="ArgumentException">There is no such experiment or protocol.</exception>
    public static bool IsCurrent(RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return IsCurrent(record.Settings);
    }

    /// <summary>The same of a run's settings.</summary>
    internal static bool IsCurrent(TrainingConfig settings) => !LacksWeights(settings) && Differences(settings).Count == 0;

    private static bool LacksWeights(TrainingConfig config) => ExperimentCatalogue.Find(config.Experiment).StartsFromWeights && config.Init.Length == 0;

    private static IReadOnlyList<string> Differences(TrainingConfig config)
    {
        var experiment = ExperimentCatalogue.Find(config.Experiment);
        var settings = experiment.Config(config.Protocol);
        var protocol = settings with
        {
            Init = experiment.StartsFromWeights ? config.Init : settings.Init,
            Seed = config.Seed,
            Device = config.Device,
            LogEvery = config.LogEvery,
        };
        return ConfigFile.Differences(protocol, config, "in the protocol", "in this run");
    }

    /// <summary>Throws if the log of a run, as far as it has come, lacks an epoch: it will not be recorded.</summary>
    /// <exception cref="InvalidDataException">It does.</exception>
    public static void RequireLog(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (File.Exists(folder.MetricsPath) && !MetricsLog.HasEach(MetricsLog.Epochs(folder.MetricsPath)))
            throw Incomplete(folder);
    }

    private static InvalidDataException Incomplete(RunFolder folder) =>
        new($"{folder.MetricsPath} lacks epochs of the run, which cannot be recorded so: move or remove its folder, and it is begun anew");

    /// <summary>Writes the record of a run that is complete.</summary>
    /// <param name="files">Where to.</param>
    /// <param name="run">The run, evaluated on its test set.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="keepWeights">Whether its weights are kept beside the record, if there is room below <see cref="WeightsLimit"/>.</param>
    /// <param name="note">Told why weights were not kept.</param>
    /// <returns>The record's file.</returns>
    /// <exception cref="ArgumentException">See <see cref="RequireProtocol"/>.</exception>
    /// <exception cref="InvalidDataException">The run's folder lacks something.</exception>
    public static string Write(ResultFiles files, TrainedRun run, RunFolder folder, bool keepWeights, Action<string> note)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(note);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(folder);
        RequireProtocol(run.Config);
        if (!MetricsLog.IsWhole(run.Epochs, run.Config))
            throw Incomplete(folder);
        var record = Of(run, RunManifest.Read(folder.ManifestPath));
        var weights = Path.ChangeExtension(files.PathOf(run.Config), WeightsEnding);
        if (keepWeights)
            Keep(files.Folder, folder.WeightsPath, weights, note);
        var isKept = File.Exists(weights) && IsSame(weights, folder.WeightsPath);
        var file = files.Write(record with { Weights = isKept ? Path.GetFileName(weights) : null });
        if (!isKept)
            File.Delete(weights); // those of an older run under the same name
        return file;
    }

    private static RunRecord Of(TrainedRun run, RunManifest manifest)
    {
        var (config, last) = (run.Config, run.Epochs[^1]);
        return new RunRecord
        {
            Experiment = config.Experiment,
            Protocol = config.Protocol,
            Seed = config.Seed,
            Error = run.Evaluation.Error,
            TestSamples = run.Evaluation.Predictions.Count,
            Parameters = run.Network.CountLearned(),
            Epochs = run.Epochs.Count,
            Steps = last.Step,
            Samples = last.Step * config.Batch,
            Minutes = last.Seconds / 60,
            Command = Command(config, manifest),
            Commit = manifest.Commit,
            Poses = PoseStatistics.Of(run)?.Spread,
            Windows = WindowCoverage.Of(run),
            Manifest = manifest,
            Settings = config with { Init = Path.GetFileName(config.Init), Device = manifest.Device }, // where it was trained
            Wrong = [.. run.Evaluation.Predictions.Where(p => !p.IsRight).Select(p => p.Index)],
            Log = run.Epochs,
        };
    }

    private static string Command(TrainingConfig config, RunManifest manifest) => string.Create(
        CultureInfo.InvariantCulture,
        $"stn train {config.Experiment} --protocol {config.Protocol} --seed {config.Seed} --threads {manifest.Threads}{(config.Init.Length == 0 ? string.Empty : $" --init {Path.GetFileName(config.Init)}")}{(manifest.Device == "cpu" ? string.Empty : $" --device {manifest.Device}")} --record");

    private static void Keep(string folder, string source, string target, Action<string> note)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var others = Directory.EnumerateFiles(folder, "*" + WeightsEnding, SearchOption.AllDirectories).Where(path => path != target).Sum(path => new FileInfo(path).Length);
        var size = new FileInfo(source).Length;
        if (others + size > WeightsLimit)
            note($"{source} is not kept: {folder} holds {others} bytes of other weights, and {size} more are over the limit of {WeightsLimit}; the record is made without");
        else
            AtomicFile.Write(target, stream => stream.Write(File.ReadAllBytes(source)));
    }

    private static bool IsSame(string first, string second) => File.ReadAllBytes(first).AsSpan().SequenceEqual(File.ReadAllBytes(second));
}
