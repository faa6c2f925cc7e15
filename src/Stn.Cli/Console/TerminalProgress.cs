using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Stn.Experiments.Runs;
using Stn.Experiments.Training;

namespace Stn.Cli.Console;

/// <summary>A run as a live bar in a terminal: loss, error, images per second, time left.</summary>
/// <param name="console">The terminal.</param>
/// <param name="context">The live display.</param>
internal sealed class TerminalProgress(IAnsiConsole console, ProgressContext context) : ITrainingProgress
{
    private readonly Stopwatch _clock = new();
    private ProgressTask? _task;
    private string _name = string.Empty;
    private string _error = "–";
    private long _firstStep;
    private long _total;

    /// <summary>The columns of the live display.</summary>
    internal static ProgressColumn[] Columns { get; } =
        [new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new PercentageColumn()];

    public void Begin(TrainingConfig config, long step, long totalSteps)
    {
        (_name, _firstStep, _total, _error) = (config.Experiment, step, totalSteps, "–");
        _clock.Restart();
        _task = context.AddTask(Markup.Escape(_name), maxValue: totalSteps);
        _task.Value = step;
    }

    public void Step(StepMetrics metrics)
    {
        if (_task is null)
            return;
        _task.Value = metrics.Step;
        _task.Description = Markup.Escape(string.Create(
            CultureInfo.InvariantCulture,
            $"{_name}  loss {metrics.Loss:f4}  error {_error}  {metrics.ImagesPerSecond:f0} images/s  {TimeLeft.Of(_clock.Elapsed, _firstStep, metrics.Step, _total)} left"));
    }

    public void Epoch(EpochMetrics metrics) => _error = string.Create(CultureInfo.InvariantCulture, $"{metrics.Error:f2} %");

    public void Note(string text) => console.MarkupLineInterpolated($"{text}");
}
