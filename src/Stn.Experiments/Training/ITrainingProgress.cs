using Stn.Experiments.Runs;

namespace Stn.Experiments.Training;

/// <summary>Who watches a run: the tool's progress bar, or nobody.</summary>
public interface ITrainingProgress
{
    /// <summary>The run starts, or goes on, at a step.</summary>
    /// <param name="config">Its settings.</param>
    /// <param name="step">Steps already made.</param>
    /// <param name="totalSteps">Steps in all.</param>
    void Begin(TrainingConfig config, long step, long totalSteps);

    /// <summary>A log step.</summary>
    void Step(StepMetrics metrics);

    /// <summary>The end of an epoch.</summary>
    void Epoch(EpochMetrics metrics);

    /// <summary>Something that people should know.</summary>
    void Note(string text);
}
