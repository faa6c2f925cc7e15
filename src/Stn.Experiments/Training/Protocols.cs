namespace Stn.Experiments.Training;

/// <summary>The two ways to train the digit experiments.</summary>
public static class Protocols
{
    /// <summary>Ours: a modern optimiser and schedule, for a CPU.</summary>
    public const string Fast = "fast";

    /// <summary>The paper's: 150,000 steps of plain SGD, for a GPU.</summary>
    public const string Paper = "paper";

    /// <summary>Both, for distorted digits. Appendix A.4 for <see cref="Paper"/>; momentum is not stated there, none is used.</summary>
    public static IReadOnlyDictionary<string, TrainingConfig> Digits { get; } = new Dictionary<string, TrainingConfig>
    {
        [Fast] = new() { Optimiser = "adam", Schedule = "one-cycle", Rate = 4e-3, LocalisationRate = 2, Epochs = 30 },
        [Paper] = new()
        {
            Optimiser = "sgd",
            Schedule = "steps",
            Rate = 0.01,
            StepEvery = 50_000,
            LocalisationRate = 1,
            Steps = 150_000,
            Epochs = 641,
        },
    };
}
