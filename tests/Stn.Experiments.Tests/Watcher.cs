using Stn.Experiments.Runs;
using Stn.Experiments.Training;

namespace Stn.Experiments.Tests;

/// <summary>Remembers what a run told.</summary>
internal sealed class Watcher : ITrainingProgress
{
    public List<long> Begun { get; } = [];

    public List<StepMetrics> Steps { get; } = [];

    public List<EpochMetrics> Epochs { get; } = [];

    public List<string> Notes { get; } = [];

    /// <summary>Called at each log step.</summary>
    public Action<StepMetrics> AtStep { get; init; } = static _ => { };

    public void Begin(TrainingConfig config, long step, long totalSteps) => Begun.Add(step);

    public void Step(StepMetrics metrics)
    {
        Steps.Add(metrics);
        AtStep(metrics);
    }

    public void Epoch(EpochMetrics metrics) => Epochs.Add(metrics);

    public void Note(string text) => Notes.Add(text);
}
