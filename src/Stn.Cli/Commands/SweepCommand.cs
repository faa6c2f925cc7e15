using System.CommandLine;
using System.Text.Json;
using Stn.Cli.Console;
using Stn.Data;
using Stn.Experiments.CoLocalisation;
using Stn.Experiments.Runs;
using Stn.Experiments.Sweeps;
using Stn.Experiments.Training;
using Stn.Torch;

namespace Stn.Cli.Commands;

/// <summary><c>stn sweep</c>.</summary>
internal static class SweepCommand
{
    private const string Help = """
        Train and record every experiment whose name matches, one after the other: what is missing is begun, what was cut
        off goes on, what is recorded in results/ is left alone. Ctrl-C saves; the same command goes on.

        The first seed of all experiments comes before the second of any. Runs lie in runs/, under their usual names.

        Examples:
          stn sweep 'rts/*' --seeds 3
          stn sweep '*/st-cnn-*' --dry-run
          stn sweep 'r/cnn' --protocol paper --device cuda
          stn sweep 'coloc-*' --seeds 3
          stn sweep 'cub/*' --init bn_inception.pth
        """;

    internal static Command Create(Func<string?, Mnist> digits)
    {
        var common = new CommonOptions(digits);
        var pattern = new Argument<string>("pattern") { Description = "Names from 'stn list'; * stands for any letters, ? for one" };
        var seeds = new Option<int>("--seeds") { Description = "Seeds 1 to this (default 1)", DefaultValueFactory = _ => 1 };
        var protocol = new Option<string>("--protocol") { Description = "fast (the default) or paper", DefaultValueFactory = _ => Protocols.Fast };
        var init = new Option<string>("--init") { Description = "Of cub/…: the weights that the networks start from, as of 'stn train'" };
        var dry = new Option<bool>("--dry-run") { Description = "Show what is done, what is left and how long it takes, and train nothing" };
        var weights = new Option<bool>("--keep-weights") { Description = "Keep the weights beside each record, while all are below 10 MB" };
        var command = new Command("sweep", Help) { pattern, seeds, protocol, init, dry, weights, common.Threads, common.Device, common.Data, common.Json };
        command.SetAction(parsed =>
        {
            common.ApplyThreads(parsed);
            var files = CommonOptions.Results();
            var sources = common.Sources(parsed);
            var json = parsed.GetValue(common.Json);
            var localised = CoLocalisationExperiments.Matching(parsed.GetValue(pattern)!, SweepPlan.AtLeastOne(parsed.GetValue(seeds)));
            var isMatched = SweepPlan.IsMatched(parsed.GetValue(pattern)!) || localised.Count == 0;
            IReadOnlyList<TrainingConfig> configs = isMatched
                ? SweepPlan.Configs(
                    parsed.GetValue(pattern)!, parsed.GetValue(protocol)!, parsed.GetValue(seeds), parsed.GetValue(common.Device) ?? "cpu",
                    parsed.GetValue(init) is { } file ? Path.GetFullPath(file) : string.Empty)
                : [];
            if (!isMatched && Array.Find([protocol, init, weights, common.Device], (Option option) => parsed.GetResult(option) is { Implicit: false }) is { } unfit)
                throw new ArgumentException($"co-localisations have no {unfit.Name}");
            if (parsed.GetValue(init) is { } weightsFile && !File.Exists(weightsFile))
                throw new FileNotFoundException($"--init {weightsFile}: there is no such file");
            if (isMatched)
                TorchRuntime.RequireDevice(Torch.Device.Parse(configs[0].Device));
            var states = Localise(localised, new CoLocalisation(() => sources.Mnist, files.Folder), parsed.GetValue(dry), json ? System.Console.Error : System.Console.Out);
            var isWhole = states.TrueForAll(one => one.Failure is null);
            if (!isMatched)
            {
                if (json)
                    System.Console.WriteLine(JsonSerializer.Serialize(states, JsonStyle.Line));
                return isWhole ? StnTool.Success : StnTool.Failure;
            }

            var plan = new SweepPlan(files, CommonOptions.Runs());
            configs = plan.GoingOn(configs);
            Show(plan.Items(configs), json ? System.Console.Error : System.Console.Out);
            using var signal = new StopSignal();
            var trainer = new Trainer(sources, signal) { Results = files, KeepsWeights = parsed.GetValue(weights) };
            var failures = parsed.GetValue(dry) ? [] : Run(trainer, plan, configs, signal);
            if (json)
                PrintJson(states, plan.Items(configs), failures);
            return isWhole && failures.Count == 0 && !signal.IsRequested ? StnTool.Success : StnTool.Failure;
        });
        return command;
    }

    // Co-localisations take a minute each, and begin anew where they were cut off.
    private static List<LocalisedItem> Localise(IReadOnlyList<CoLocalisationSettings> all, CoLocalisation work, bool isDry, TextWriter output)
    {
        var failures = new Dictionary<CoLocalisationSettings, string>();
        foreach (var settings in isDry ? [] : all.Where(one => !work.IsRecorded(one)))
        {
            try
            {
                System.Console.Error.WriteLine($"recorded {work.Run(settings, isRecorded: true).File}");
            }
            catch (Exception error) when (error is ArgumentException || StnTool.IsExpected(error))
            {
                failures[settings] = error.Message;
                System.Console.Error.WriteLine($"stn: {settings.Name}: {error.Message}");
            }
        }

        var states = all.Select(one => new LocalisedItem(one.Name, one.Seed, work.IsRecorded(one) ? "recorded" : "missing", failures.GetValueOrDefault(one))).ToList();
        states.ForEach(one => output.WriteLine($"{one.Experiment,-18} seed {one.Seed,-3} {one.State}"));
        return states;
    }

    // A run that fails does not keep the others from being run.
    private static Dictionary<string, string> Run(Trainer trainer, SweepPlan plan, IReadOnlyList<TrainingConfig> configs, StopSignal signal)
    {
        var failures = new Dictionary<string, string>();
        foreach (var config in configs)
        {
            var items = plan.Items(configs); // another process may have recorded some
            var item = items.First(i => i.Config == config);
            if (item.State == SweepState.Recorded)
                continue;
            if (signal.IsRequested)
                return failures;
            System.Console.Error.WriteLine($"{items.Count(i => i.State == SweepState.Recorded)} of {items.Count} are recorded; {Left(items)}");
            try
            {
                var trained = trainer.Train(config, () => Trainer.OpenOrCreate(item.Folder, config));
                if (!trained.Outcome.IsComplete)
                {
                    System.Console.Error.WriteLine($"stopped at step {trained.Outcome.Steps} of {item.Folder} and saved; the same command goes on");
                    return failures;
                }

                System.Console.Error.WriteLine($"recorded {trained.Record}: {trained.Outcome.Error:f2} %");
            }
            catch (Exception error) when (error is ArgumentException || StnTool.IsExpected(error))
            {
                failures[item.Folder] = error.Message;
                System.Console.Error.WriteLine($"stn: {item.Folder}: {error.Message}");
            }
        }

        return failures;
    }

    private static void Show(IReadOnlyList<SweepItem> items, TextWriter output)
    {
        foreach (var item in items)
        {
            var state = item.State switch
            {
                SweepState.Recorded => "recorded",
                SweepState.Started => $"{100 * item.Done:f0} % done",
                SweepState.Otherwise => "in the way",
                _ => "missing",
            };
            var time = item.State == SweepState.Recorded ? $"took {Duration(item.Minutes!.Value)}" : item.MinutesLeft is { } left ? $"about {Duration(left)} left" : string.Empty;
            output.WriteLine($"{item.Config.Experiment,-18} {item.Config.Protocol,-6} seed {item.Config.Seed,-3} {state,-12} {time}".TrimEnd());
        }

        output.WriteLine($"{items.Count(i => i.State == SweepState.Recorded)} of {items.Count} are recorded; {Left(items)}");
        string[] others = [.. items.Where(i => i.State == SweepState.Otherwise).Select(i => i.Folder)];
        if (others.Length > 0)
            output.WriteLine($"in the way, since they hold runs with other settings, or settings that cannot be read: {string.Join(", ", others)}; move or remove them, and they are begun anew");
    }

    private static string Left(IReadOnlyList<SweepItem> items)
    {
        var unknown = items.Count(i => i.MinutesLeft is null);
        var known = items.Sum(i => i.MinutesLeft ?? 0);
        return unknown == 0 ? $"about {Duration(known)} left"
            : $"{(known > 0 ? $"about {Duration(known)} left, and " : string.Empty)}{unknown} whose time no recorded run tells";
    }

    private static string Duration(double minutes) => TimeLeft.Text(TimeSpan.FromMinutes(minutes));

    private static void PrintJson(List<LocalisedItem> localised, IReadOnlyList<SweepItem> items, Dictionary<string, string> failures) =>
        System.Console.WriteLine(JsonSerializer.Serialize(
            localised.Concat(items.Select(object (item) => new
            {
                item.Config.Experiment,
                item.Config.Protocol,
                item.Config.Seed,
                State = item.State switch { SweepState.Recorded => "recorded", SweepState.Started => "started", SweepState.Otherwise => "otherwise", _ => "missing" },
                item.Done,
                item.Minutes,
                item.MinutesLeft,
                Run = item.Folder,
                Failure = failures.GetValueOrDefault(item.Folder),
            })),
            JsonStyle.Line));

    private sealed record LocalisedItem(string Experiment, ulong Seed, string State, string? Failure);
}
