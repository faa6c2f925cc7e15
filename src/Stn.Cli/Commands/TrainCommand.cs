using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Stn.Cli.Console;
using Stn.Data;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Folders;
using Stn.Experiments.Reports;
using Stn.Experiments.Runs;
using Stn.Experiments.Training;
using Stn.Torch;

namespace Stn.Cli.Commands;

/// <summary><c>stn train</c>.</summary>
internal static class TrainCommand
{
    private const string Help = """
        Train an experiment of the catalogue.

        Examples:
          stn train rts/st-cnn-aff
          stn train rts/st-cnn-aff --epochs 4 --seed 2 --out runs/trial
          stn train rts/st-cnn-aff --set rate=1e-3 --set localisation_rate=0.05
          stn train rts/st-cnn-aff --init runs/trial/checkpoints/model.safetensors --freeze classifier
          stn train --resume runs/trial
          stn train folder/st-cnn-aff --data photos --size 64 --augment rotate=15,flip
        """;

    internal static Command Create(Func<string?, Mnist> digits)
    {
        var common = new CommonOptions(digits);
        var name = new Argument<string?>("experiment") { Description = "A name from 'stn list'; with --resume it may be left out", Arity = ArgumentArity.ZeroOrOne };
        var epochs = new Option<int?>("--epochs") { Description = "Sweeps over the training set" };
        var protocol = new Option<string?>("--protocol") { Description = "fast (ours, for a CPU; the default) or paper (150,000 steps of SGD)" };
        var output = new Option<string>("--out") { Description = "The run's folder (default: runs/<experiment>-<protocol>-seed<n>)" };
        var resume = new Option<string>("--resume") { Description = "Go on with the run in a folder, exactly as if it had not stopped", Arity = ArgumentArity.ZeroOrOne };
        var init = new Option<string>("--init") { Description = "Weights to start from: .safetensors, or a PyTorch state_dict; what fits by name and shape is taken" };
        var freeze = new Option<string>("--freeze") { Description = "Parts that do not learn, separated by commas" };
        var set = new Option<string[]>("--set") { Description = "Change a setting: key=value; 'stn list --settings' shows them", AllowMultipleArgumentsPerToken = false };
        var pictures = new PictureOptions();
        var command = new Command("train", Help) { name, epochs, protocol, output, resume, init, freeze, set, common.Seed, common.Threads, common.Device, common.Data, common.Json };
        foreach (var option in pictures.All)
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            common.ApplyThreads(parsed);
            var settings = Settings(parsed, common, epochs, init, freeze, set);
            return parsed.GetResult(resume) is not null
                ? Resume(parsed.GetValue(name), parsed.GetValue(protocol), parsed.GetValue(resume), parsed.GetValue(output), settings, common, parsed)
                : Start(parsed.GetValue(name), parsed.GetValue(protocol), parsed.GetValue(output), settings, pictures, common, parsed);
        });
        return command;
    }

    private static int Start(
        string? name, string? protocol, string? output, IReadOnlyList<string> settings, PictureOptions pictures, CommonOptions common, ParseResult parsed)
    {
        if (name is null)
            throw new ArgumentException("which experiment? 'stn list' names them");
        var sources = common.Sources(parsed);
        var config = pictures.Settings(parsed, name, parsed.GetValue(common.Data)) is { } own
            ? OnPictures(name, protocol, own, settings, sources)
            : Config(name, protocol, settings);
        return Train(config, () => RunFolder.Create(output ?? DefaultFolder(config), config), sources, parsed.GetValue(common.Json));
    }

    private static TrainingConfig OnPictures(
        string name, string? protocol, PictureSettings pictures, IReadOnlyList<string> settings, DataSources sources)
    {
        // The seed among the settings decides which pictures are held out, so it is applied before the pictures are read.
        var seed = ConfigFile.Apply(new TrainingConfig(), settings).Seed;
        var config = FolderExperiments.Resolve(name, pictures, seed, sources);
        if (protocol is not (null or Protocols.Fast))
            throw new ArgumentException($"{name} has no protocol '{protocol}': use {Protocols.Fast}");
        return ConfigFile.Apply(config, settings);
    }

    private static int Resume(
        string? name, string? protocol, string? folder, string? output, IReadOnlyList<string> settings, CommonOptions common, ParseResult parsed)
    {
        if (folder is not null && output is not null)
            throw new ArgumentException("--resume and --out both name a folder: a run goes on where it is");
        folder ??= output ?? (name is null
            ? throw new ArgumentException("which run? Give its folder: stn train --resume runs/…")
            : DefaultFolder(Config(name, protocol, settings)));
        var path = Path.Combine(folder, "config.json");
        if (!File.Exists(path))
            throw new FileNotFoundException($"{folder} holds no run: config.json is not there");
        var stored = ConfigFile.Read(path);
        var asked = ConfigFile.Apply(stored, settings);
        var differences = ConfigFile.Differences(stored, asked with { Experiment = name ?? stored.Experiment, Protocol = protocol ?? stored.Protocol });
        if (differences.Count > 0)
            throw new ArgumentException($"{folder} was started otherwise: {string.Join("; ", differences)}. An exact resume changes nothing; start a new run with --init {Path.Combine(folder, "checkpoints", "model.safetensors")} instead.");
        return Train(stored, () => RunFolder.Open(folder), common.Sources(parsed), parsed.GetValue(common.Json));
    }

    private static int Train(TrainingConfig config, Func<RunFolder> open, DataSources sources, bool json)
    {
        TorchRuntime.RequireDevice(Torch.Device.Parse(config.Device));
        var experiment = ExperimentCatalogue.Find(config);
        var sets = experiment.Task.Sets(sources, config); // may take minutes, and may fail: before there is a folder
        using var signal = new StopSignal();
        using var run = open();
        var outcome = Live.Watch(progress => TrainLoop.Run(config, sets, run, progress, () => signal.IsRequested));
        if (!outcome.IsComplete)
        {
            StopSignal.Explain(outcome.Steps, run.Path);
            return StnTool.Failure;
        }

        WriteReport(config, run, sources);
        if (json)
        {
            System.Console.WriteLine(JsonSerializer.Serialize(
                new { config.Experiment, config.Protocol, config.Seed, outcome.Error, outcome.Seconds, outcome.Steps, Run = run.Path }, JsonStyle.Line));
        }
        else
        {
            System.Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{config.Experiment}: error {outcome.Error:f2} % after {outcome.Steps} steps, {outcome.Seconds:f0} s; {run.Path}"));
        }

        return StnTool.Success;
    }

    private static void WriteReport(TrainingConfig config, RunFolder run, DataSources sources)
    {
        using var trained = TrainedRun.Load(run.Path, sources, config.Device);
        RunReport.Write(run.ReportPath, trained);
    }

    private static TrainingConfig Config(string name, string? protocol, IReadOnlyList<string> settings) =>
        ConfigFile.Apply(ExperimentCatalogue.Find(name).Config(protocol ?? Protocols.Fast), settings);

    private static string DefaultFolder(TrainingConfig config) =>
        Path.Combine(CommonOptions.Home(), "runs", $"{config.Experiment.Replace('/', '-')}-{config.Protocol}-seed{config.Seed}");

    private static List<string> Settings(
        ParseResult parsed, CommonOptions common, Option<int?> epochs, Option<string> init, Option<string> freeze, Option<string[]> set)
    {
        var settings = new List<string>(parsed.GetValue(set) ?? []);
        void Add(string key, object? value)
        {
            if (value is not null)
                settings.Add(string.Create(CultureInfo.InvariantCulture, $"{key}={value}"));
        }

        Add("epochs", parsed.GetValue(epochs));
        Add("seed", parsed.GetValue(common.Seed));
        Add("device", parsed.GetValue(common.Device));
        // The run may go on from another folder.
        Add("init", parsed.GetValue(init) is { } weights ? Path.GetFullPath(weights) : null);
        Add("freeze", parsed.GetValue(freeze));
        return settings;
    }
}
