using System.CommandLine;
using System.Text.Json;
using Stn.Cli.Console;
using Stn.Data;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Reports;
using Stn.Experiments.Runs;
using Stn.Experiments.Training;
using Stn.Torch;

namespace Stn.Cli.Commands;

/// <summary><c>stn demo</c>: the main job in minutes.</summary>
internal static class DemoCommand
{
    private const int Epochs = 8;
    private static readonly string[] Compared = ["rts/cnn-pooled", "rts/st-cnn-aff"];
    private const string Help = """
        Train the same digit classifier without and with a spatial transformer, compare them, and write a report.

        MNIST digits are turned by ±45°, scaled by 0.7 to 1.2 and put anywhere in 42×42. Takes a few minutes.

        Examples:
          stn demo
          stn demo --json
          stn demo --epochs 2 --out runs/short
        """;

    internal static Command Create(Func<string?, Mnist> digits)
    {
        var common = new CommonOptions(digits);
        var epochs = new Option<int?>("--epochs") { Description = $"Sweeps over the training set, for each of the two (default {Epochs})" };
        var output = new Option<string>("--out") { Description = "The folder for both runs and the report (default: runs/demo, or the next free runs/demo-<n>); an interrupted demo there goes on" };
        var set = new Option<string[]>("--set") { Description = "Change a setting of both runs: key=value" };
        var command = new Command("demo", Help) { epochs, output, set, common.Seed, common.Threads, common.Device, common.Data, common.Json };
        command.SetAction(parsed =>
        {
            common.ApplyThreads(parsed);
            var settings = new List<string> { $"epochs={Epochs}" };
            settings.AddRange(parsed.GetValue(set) ?? []);
            if (parsed.GetValue(epochs) is { } sweeps)
                settings.Add($"epochs={sweeps}");
            if (parsed.GetValue(common.Seed) is { } seed)
                settings.Add($"seed={seed}");
            if (parsed.GetValue(common.Device) is { } device)
                settings.Add($"device={device}");
            var configs = Compared.Select(ExperimentCatalogue.Find)
                .Select(e => ConfigFile.Apply(e.Config(Protocols.Fast), settings)).ToArray();
            TorchRuntime.RequireDevice(Torch.Device.Parse(configs[0].Device));
            return Run(configs, parsed.GetValue(output) ?? FreeFolder(), common.Sources(parsed), parsed.GetValue(common.Json));
        });
        return command;
    }

    private static int Run(TrainingConfig[] configs, string folder, DataSources sources, bool json)
    {
        var report = Path.GetFullPath(Path.Combine(folder, "report.html"));
        if (File.Exists(report))
            throw new IOException($"{report} is there already: choose another folder with --out");
        using var signal = new StopSignal();
        foreach (var config in configs)
        {
            if (Train(config, Folder(folder, config), sources, signal) is { } stopped)
            {
                System.Console.Error.WriteLine($"stopped at step {stopped.Steps} of {config.Experiment} and saved; go on with the same command and: --out {StopSignal.ForShell(folder)}");
                return StnTool.Failure;
            }
        }

        using var plain = TrainedRun.Load(Folder(folder, configs[0]), sources);
        using var transformed = TrainedRun.Load(Folder(folder, configs[1]), sources);
        DemoReport.Write(report, plain, transformed);
        var summary = DemoSummary.Of(plain, transformed, report);
        summary.Write(Path.Combine(folder, "demo.json"), plain, transformed);
        if (json)
            System.Console.WriteLine(JsonSerializer.Serialize(summary, JsonStyle.Line));
        else
            Print(summary);
        return StnTool.Success;
    }

    private static TrainingOutcome? Train(TrainingConfig config, string folder, DataSources sources, StopSignal signal)
    {
        var sets = ExperimentCatalogue.Find(config.Experiment).Task.Sets(sources, config); // may fail: before there is a folder
        using var run = Open(config, folder);
        var outcome = Live.Watch(progress => TrainLoop.Run(config, sets, run, progress, () => signal.IsRequested));
        return outcome.IsComplete ? null : outcome;
    }

    // A demo that was interrupted goes on where it was, if it was the same demo.
    private static RunFolder Open(TrainingConfig config, string folder)
    {
        try
        {
            return Trainer.OpenOrCreate(folder, config);
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException($"{error.Message}; choose another folder with --out", error);
        }
    }

    private static void Print(DemoSummary summary)
    {
        System.Console.WriteLine($"without a transformer  {summary.CnnPooled.Error,6:f2} % error  {summary.CnnPooled.Seconds,5:f0} s");
        System.Console.WriteLine($"with a transformer     {summary.StCnn.Error,6:f2} % error  {summary.StCnn.Seconds,5:f0} s");
        System.Console.WriteLine($"report: {summary.Report}");
    }

    private static string Folder(string folder, TrainingConfig config) => Path.Combine(folder, config.Experiment.Replace('/', '-'));

    private static string FreeFolder()
    {
        var first = Path.Combine(CommonOptions.Home(), "runs", "demo");
        return Enumerable.Range(1, int.MaxValue).Select(i => i == 1 ? first : $"{first}-{i}").First(path => !Directory.Exists(path));
    }
}
