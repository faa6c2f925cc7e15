using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Stn.Cli.Console;
using Stn.Data;
using Stn.Experiments.Catalogue;
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
        """;

    internal static Command Create()
    {
        var common = new CommonOptions();
        var name = new Argument<string?>("experiment") { Description = "A name from 'stn list'; with --resume it may be left out", Arity = ArgumentArity.ZeroOrOne };
        var epochs = new Option<int?>("--epochs") { Description = "Sweeps over the training set" };
        var protocol = new Option<string>("--protocol") { Description = "fast (ours, for a CPU) or paper (150,000 steps of SGD)", DefaultValueFactory = _ => Protocols.Fast };
        var output = new Option<string>("--out") { Description = "The run's folder (default: runs/<experiment>-<protocol>-seed<n>)" };
        var resume = new Option<string>("--resume") { Description = "Go on with the run in a folder, exactly as if it had not stopped", Arity = ArgumentArity.ZeroOrOne };
        var init = new Option<string>("--init") { Description = "Weights to start from: .safetensors, or a PyTorch state_dict; what fits by name and shape is taken" };
        var freeze = new Option<string>("--freeze") { Description = "Parts that do not learn, separated by commas" };
        var set = new Option<string[]>("--set") { Description = "Change a setting: key=value; 'stn list --settings' shows them", AllowMultipleArgumentsPerToken = false };
        var command = new Command("train", Help) { name, epochs, protocol, output, resume, init, freeze, set, common.Seed, common.Threads, common.Device, common.Data, common.Json };
        command.SetAction(parsed =>
        {
            common.ApplyThreads(parsed);
            var settings = Settings(parsed, common, epochs, init, freeze, set);
            using var run = parsed.GetResult(resume) is not null
                ? Resume(parsed.GetValue(name), parsed.GetValue(protocol)!, parsed.GetValue(resume) ?? parsed.GetValue(output), settings, out var config)
                : Start(parsed.GetValue(name), parsed.GetValue(protocol)!, parsed.GetValue(output), settings, out config);
            return Train(config, run, common, parsed);
        });
        return command;
    }

    private static int Train(TrainingConfig config, RunFolder run, CommonOptions common, ParseResult parsed)
    {
        TorchRuntime.RequireDevice(Torch.Device.Parse(config.Device));
        var mnist = common.LoadMnist(parsed);
        var sets = DigitSets.Of(mnist, ExperimentCatalogue.Find(config.Experiment).Task, config);
        using var signal = new StopSignal();
        var outcome = Live.Watch(progress => TrainLoop.Run(config, sets, run, progress, () => signal.IsRequested));
        if (!outcome.IsComplete)
        {
            System.Console.Error.WriteLine($"stopped at step {outcome.Steps} and saved; go on with: stn train --resume {run.Path}");
            return StnTool.Failure;
        }

        WriteReport(config, run, mnist);
        if (parsed.GetValue(common.Json))
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

    private static void WriteReport(TrainingConfig config, RunFolder run, Mnist mnist)
    {
        using var trained = TrainedRun.Load(run.Path, mnist, config.Device);
        RunReport.Write(run.ReportPath, trained);
    }

    private static RunFolder Start(string? name, string protocol, string? output, IReadOnlyList<string> settings, out TrainingConfig config)
    {
        if (name is null)
            throw new ArgumentException("which experiment? 'stn list' names them");
        config = ConfigFile.Apply(ExperimentCatalogue.Find(name).Config(protocol), settings);
        return RunFolder.Create(output ?? DefaultFolder(config), config);
    }

    private static RunFolder Resume(string? name, string protocol, string? folder, IReadOnlyList<string> settings, out TrainingConfig config)
    {
        if (folder is null && name is null)
            throw new ArgumentException("which run? Give its folder: stn train --resume runs/…");
        var run = RunFolder.Open(folder ?? DefaultFolder(ConfigFile.Apply(ExperimentCatalogue.Find(name!).Config(protocol), settings)));
        try
        {
            var stored = ConfigFile.Read(run.ConfigPath);
            var asked = ConfigFile.Apply(stored, settings);
            var differences = ConfigFile.Differences(stored, name is null ? asked : asked with { Experiment = name });
            if (differences.Count > 0)
                throw new ArgumentException($"{run.Path} was started otherwise: {string.Join("; ", differences)}. An exact resume changes nothing; start a new run with --init {run.WeightsPath} instead.");
            config = stored;
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

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
        Add("init", parsed.GetValue(init));
        Add("freeze", parsed.GetValue(freeze));
        return settings;
    }
}
