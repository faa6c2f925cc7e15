namespace Stn.Experiments.Training;

/// <summary>Where a run stands: all that changes from step to step besides the network and the optimiser.</summary>
/// <param name="Step">Steps made since the start.</param>
/// <param name="LossSum">The sum of the losses of this epoch's steps.</param>
/// <param name="Wrong">Misclassified training images of this epoch.</param>
/// <param name="Images">Training images of this epoch.</param>
/// <param name="Seconds">The run's time so far.</param>
public sealed record Position(long Step, double LossSum, long Wrong, long Images, double Seconds)
{
    /// <summary>Before the first step.</summary>
    public static Position Start { get; } = new(0, 0, 0, 0, 0);

    /// <summary>After one more step.</summary>
    public Position After(double loss, long wrong, int images) =>
        this with { Step = Step + 1, LossSum = LossSum + loss, Wrong = Wrong + wrong, Images = Images + images };

    /// <summary>At the start of the next epoch.</summary>
    public Position NextEpoch() => this with { LossSum = 0, Wrong = 0, Images = 0 };
}
