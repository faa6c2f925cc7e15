using System.Diagnostics;
using Stn.Experiments.Runs;
using Stn.Experiments.Training;

namespace Stn.Cli.Console;

/// <summary>A run as plain lines: where the output is no terminal.</summary>
/// <param name="output">Where the lines go.</param>
internal sealed class PlainProgress(TextWriter output) : ITrainingProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly Stopwatch _sinceLine = Stopwatch.StartNew();
    private readonly Stopwatch _clock = new();
    private long _firstStep;
    private long _total;

    public void Begin(TrainingConfig config, long step, long totalSteps)
    {
        (_firstStep, _total) = (step, totalSteps);
        _clock.Restart();
        Line($"{config.Experiment}: {config.Protocol} protocol, seed {config.Seed}, {totalSteps} steps of {config.Batch} images on {config.Device}"
            + (step > 0 ? $", going on at step {step}" : string.Empty));
    }

    public void Step(StepMetrics metrics)
    {
        if (_sinceLine.Elapsed < Interval)
            return;
        _sinceLine.Restart();
        Line($"  step {metrics.Step}/{_total}  loss {metrics.Loss:f4}  {metrics.ImagesPerSecond:f0} images/s  {TimeLeft.Of(_clock.Elapsed, _firstStep, metrics.Step, _total)} left");
    }

    public void Epoch(EpochMetrics metrics) =>
        Line($"  epoch {metrics.Epoch}: loss {metrics.TrainLoss:f4}, training error {metrics.TrainError:f2} %, test error {metrics.Error:f2} %, {metrics.Seconds:f0} s");

    public void Note(string text) => Line($"  {text}");

    private void Line(string text) => output.WriteLine(text);
}
