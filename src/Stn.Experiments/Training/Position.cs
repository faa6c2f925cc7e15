namespace Stn.Experiments.Training;

/// <summary>Where a run stands: all that changes from step to step besides the network and the optimiser.</summary>
/// <param name="Step">Steps made since the start.</param>
/// <param name="LossSum">The sum of the losses of this epoch's steps.</param>
/// <param name="Wrong">Misclassified training images of this epoch.</param>
/// <param name="Images">Training images of this epoch.</param>
/// <param name="LogLossSum">The sum of the losses since the last line of the log.</param>
/// <param name="LogSteps">The steps since then.</param>
/// <param name="Seconds">The run's time so far.</param>
public sealed record Position(long Step, double LossSum, long Wrong, long Images, double LogLossSum, long LogSteps, double Seconds)
{
    /// <summary>Before the first step.</summary>
    public static Position Start { get; } = new(0, 0, 0, 0, 0, 0, 0);

    /// <summary>After one more step.</summary>
    public Position After(double loss, long wrong, int images) => this with
    {
        Step = Step + 1,
        LossSum = LossSum + loss,
        Wrong = Wrong + wrong,
        Images = Images + images,
        LogLossSum = LogLossSum + loss,
        LogSteps = LogSteps + 1,
    };

    /// <summary>After a line of the log.</summary>
    public Position Logged() => this with { LogLossSum = 0, LogSteps = 0 };

    /// <summary>At the start of the next epoch.</summary>
    public Position NextEpoch() => this with { LossSum = 0, Wrong = 0, Images = 0 };
}
