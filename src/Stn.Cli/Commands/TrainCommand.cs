using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Stn.Cli.Console;
using Stn.Data;
using Stn.Experiments.Catalogue;
using Stn.Experiments.CoLocalisation;
using Stn.Experiments.Folders;
using Stn.Experiments.Runs;
using Stn.Experiments.Sweeps;
using Stn.Experiments.Training;

namespace Stn.Cli.Commands;

/// <summary><c>stn train</c>.</summary>
internal sealed class TrainCommand
{
    private const string Help = """
        Train an experiment of the catalogue.

        Examples:
          stn train rts/st-cnn-aff
          stn train rts/st-cnn-aff --epochs 4 --seed 2 --out runs/trial
          stn train rts/st-cnn-aff --set rate=1e-3 --set localisation_rate=0.05
          stn train rts/st-cnn-aff --init runs/trial/checkpoints/model.safetensors --freeze classifier
          stn train --resume runs/trial
          stn train rts/st-cnn-aff --seed 2 --record
          stn train folder/st-cnn-aff --data photos --size 64 --augment rotate=15,flip
          stn train coloc-tc/7 --record
        """;

    private readonly CommonOptions _common;
    private readonly Argument<string?> _name = new("experiment") { Description = "A name from 'stn list'; with --resume it may be left out", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<int?> _epochs = new("--epochs") { Description = "Sweeps over the training set" };
    private readonly Option<string?> _protocol = new("--protocol") { Description = "fast (ours, for a CPU; the default) or paper (as published: 150,000 steps of SGD on digits), where the experiment has it" };
    private readonly Option<string> _output = new("--out") { Description = "The run's folder (default: runs/<experiment>-<protocol>-seed<n>)" };
    private readonly Option<string> _resume = new("--resume") { Description = "Go on with the run in a folder, exactly as if it had not stopped; with --device on another device, which may change the last bits", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> _init = new("--init") { Description = "Weights to start from: .safetensors, or a PyTorch state_dict; what fits by name and shape is taken" };
    private readonly Option<string> _freeze = new("--freeze") { Description = "Parts that do not learn, separated by commas" };
    private readonly Option<string[]> _set = new("--set") { Description = "Change a setting: key=value; 'stn list --settings' shows them", AllowMultipleArgumentsPerToken = false };
    private readonly Option<bool> _record = new("--record") { Description = "At the end write results/<experiment>/<protocol>-seed<n>.json; only for a protocol's own settings" };
    private readonly Option<bool> _weights = new("--keep-weights") { Description = "With the record, keep the weights beside it, if all kept ones stay below 10 MB" };
    private readonly Option<bool> _animate = new("--animate") { Description = "Make figures/learning.gif: where the transformers look at some test samples while they learn" };
    private readonly PictureOptions _pictures = new();

    private TrainCommand(CommonOptions common) => _common = common;

    internal static Command Create(Func<string?, Mnist> digits)
    {
        var it = new TrainCommand(new CommonOptions(digits));
        var command = new Command("train", Help)
        {
            it._name, it._epochs, it._protocol, it._output, it._resume, it._init, it._freeze, it._set, it._record, it._weights, it._animate,
            it._common.Seed, it._common.Threads, it._common.Device, it._common.Data, it._common.Json,
        };
        foreach (var option in it._pictures.All)
            command.Options.Add(option);
        command.SetAction(it.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        _common.ApplyThreads(parsed);
        if (CoLocalisation.IsName(parsed.GetValue(_name)))
            return CoLocalise(parsed.GetValue(_name)!, parsed);
        var settings = Settings(parsed);
        return parsed.GetResult(_resume) is not null ? Resume(settings, parsed) : Start(settings, parsed);
    }

    private int CoLocalise(string name, ParseResult parsed)
    {
        Option[] others = [_epochs, _protocol, _output, _resume, _init, _freeze, _weights, _animate, _common.Device, .. _pictures.All];
        if (Array.Find(others, option => parsed.GetResult(option) is { Implicit: false }) is { } unfit)
            throw new ArgumentException($"{name} has no {unfit.Name}: it takes --seed, --set, --record, --threads, --data and --json");
        var sources = _common.Sources(parsed);
        var work = new CoLocalisation(() => sources.Mnist, CommonOptions.Results().Folder);
        if (CoLocalisationExperiments.Find(name) is not { } experiment)
        {
            if (Array.Find([_common.Seed, _set, _record, _common.Json], (Option option) => parsed.GetResult(option) is { Implicit: false }) is { } free)
                throw new ArgumentException($"{name} has no {free.Name}: one encoder serves all records");
            work.TrainEncoder();
            return StnTool.Success;
        }

        var settings = CoLocalisation.Apply(experiment with { Seed = parsed.GetValue(_common.Seed) ?? experiment.Seed }, parsed.GetValue(_set) ?? []);
        var (record, file) = work.Run(settings, parsed.GetValue(_record));
        System.Console.WriteLine(parsed.GetValue(_common.Json)
            ? JsonSerializer.Serialize(new { record.Experiment, record.Seed, record.Correct, record.CorrectInk, record.Loss, record.Minutes, Record = file }, JsonStyle.Line)
            : string.Create(CultureInfo.InvariantCulture, $"{record.Experiment}: the digit is found in {record.Correct:f0} % of the images, by its ink in {record.CorrectInk:f0} %; loss {record.Loss:f3}; {file ?? "not recorded"}"));
        return StnTool.Success;
    }

    private int Start(IReadOnlyList<string> settings, ParseResult parsed)
    {
        var name = parsed.GetValue(_name) ?? throw new ArgumentException("which experiment? 'stn list' names them");
        var sources = _common.Sources(parsed);
        var config = _pictures.Settings(parsed, name, parsed.GetValue(_common.Data)) is { } own
            ? OnPictures(name, parsed.GetValue(_protocol), own, settings, sources)
            : Config(name, parsed.GetValue(_protocol), settings);
        return Train(config, () => RunFolder.Create(parsed.GetValue(_output) ?? DefaultFolder(config), config), sources, parsed);
    }

    private static TrainingConfig OnPictures(
        string name, string? protocol, PictureSettings pictures, IReadOnlyList<string> settings, DataSources sources)
    {
        // The seed among the settings decides which pictures are held out, so it is applied before the pictures are read.
        var seed = ConfigFile.Apply(new TrainingConfig(), settings).Seed;
        var config = FolderExperiments.Resolve(name, pictures, seed, sources);
        if (protocol is not (null or Protocols.Fast))
            throw new ArgumentException($"{name} has no protocol '{protocol}': use {Protocols.Fast}");
        config = ConfigFile.Apply(config, settings);
        if (config.Backbone.Length > 0)
            throw new ArgumentException($"backbone is of cub/… and cub-small/…; on your own pictures the name says it: {FolderExperiments.Prefix}/resnet18");
        return config is { TrainImages: 0, TestImages: 0, Validation: 0 }
            ? config
            : throw new ArgumentException("train_images, test_images and validation choose among digits; of your own pictures --validation-share decides");
    }

    private int Resume(IReadOnlyList<string> settings, ParseResult parsed)
    {
        var (name, protocol) = (parsed.GetValue(_name), parsed.GetValue(_protocol));
        var folder = ResumedFolder(settings, parsed);
        var path = Path.Combine(folder, "config.json");
        if (!File.Exists(path))
            throw new FileNotFoundException($"{folder} holds no run: config.json is not there");
        var stored = ConfigFile.Read(path);
        _pictures.RequireNone(parsed, "cannot change in a run that goes on: it keeps the images that it was started with");
        if (stored.Pictures is { } pictures && parsed.GetValue(_common.Data) is { } data && Trimmed(data) != Trimmed(pictures.Data))
            throw new ArgumentException($"--data {data}: {folder} learns from {pictures.Data}");
        var asked = ConfigFile.Apply(stored, settings);
        var here = stored with { Device = asked.Device }; // where it goes on is its user's choice
        var differences = ConfigFile.Differences(here, asked with { Experiment = name ?? stored.Experiment, Protocol = protocol ?? stored.Protocol });
        if (differences.Count > 0)
            throw new ArgumentException($"{folder} was started otherwise: {string.Join("; ", differences)}. An exact resume changes nothing; start a new run with --init {Path.Combine(folder, "checkpoints", "model.safetensors")} instead.");
        return Train(here, () => RunFolder.Open(folder), _common.Sources(parsed), parsed);
    }

    private static string Trimmed(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

    private string ResumedFolder(IReadOnlyList<string> settings, ParseResult parsed)
    {
        var (name, folder, output) = (parsed.GetValue(_name), parsed.GetValue(_resume), parsed.GetValue(_output));
        if (folder is not null && output is not null)
            throw new ArgumentException("--resume and --out both name a folder: a run goes on where it is");
        return folder ?? output ?? (name is null
            ? throw new ArgumentException("which run? Give its folder: stn train --resume runs/…")
            : DefaultFolder(FolderExperiments.IsName(name)
                ? ConfigFile.Apply(new TrainingConfig { Experiment = name, Protocol = Protocols.Fast }, settings)
                : Config(name, parsed.GetValue(_protocol), settings)));
    }

    private int Train(TrainingConfig config, Func<RunFolder> open, DataSources sources, ParseResult parsed)
    {
        using var signal = new StopSignal();
        var trainer = new Trainer(sources, signal)
        {
            Results = parsed.GetValue(_record) || parsed.GetValue(_weights) ? CommonOptions.Results() : null,
            KeepsWeights = parsed.GetValue(_weights),
            Films = parsed.GetValue(_animate),
        };
        var (outcome, folder, record) = trainer.Train(config, open);
        if (!outcome.IsComplete)
        {
            StopSignal.Explain(outcome.Steps, folder);
            return StnTool.Failure;
        }

        if (parsed.GetValue(_common.Json))
        {
            System.Console.WriteLine(JsonSerializer.Serialize(
                new { config.Experiment, config.Protocol, config.Seed, outcome.Error, outcome.Seconds, outcome.Steps, Run = folder, Record = record }, JsonStyle.Line));
        }
        else
        {
            System.Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{config.Experiment}: error {outcome.Error:f2} % after {outcome.Steps} steps, {outcome.Seconds:f0} s; {record ?? folder}"));
        }

        return StnTool.Success;
    }

    private static TrainingConfig Config(string name, string? protocol, IReadOnlyList<string> settings) =>
        ConfigFile.Apply(ExperimentCatalogue.Find(name).Config(protocol ?? Protocols.Fast), settings);

    private static string DefaultFolder(TrainingConfig config) => SweepPlan.FolderOf(CommonOptions.Runs(), config);

    private List<string> Settings(ParseResult parsed)
    {
        var settings = new List<string>(parsed.GetValue(_set) ?? []);
        void Add(string key, object? value)
        {
            if (value is not null)
                settings.Add(string.Create(CultureInfo.InvariantCulture, $"{key}={value}"));
        }

        Add("epochs", parsed.GetValue(_epochs));
        Add("seed", parsed.GetValue(_common.Seed));
        Add("device", parsed.GetValue(_common.Device));
        // The run may go on from another folder.
        Add("init", parsed.GetValue(_init) is { } weights ? Path.GetFullPath(weights) : null);
        Add("freeze", parsed.GetValue(_freeze));
        return settings;
    }
}
