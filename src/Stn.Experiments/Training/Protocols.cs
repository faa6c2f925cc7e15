namespace Stn.Experiments.Training;

/// <summary>The two ways to train the digit experiments.</summary>
public static class Protocols
{
    /// <summary>Ours: a modern optimiser and schedule, for a CPU.</summary>
    public const string Fast = "fast";

    /// <summary>The paper's: 150,000 steps of plain SGD, for a GPU.</summary>
    public const string Paper = "paper";

    // Appendix A.4; momentum is not stated there, none is used.
    private static readonly TrainingConfig AsPublished = new()
    {
        Optimiser = "sgd",
        Schedule = "steps",
        Rate = 0.01,
        StepEvery = 50_000,
        LocalisationRate = 1,
        Steps = 150_000,
        Epochs = 642, // the last is not whole
    };

    private const double Smoothing = 0.1;

    private static readonly TrainingConfig Cycle = new()
    {
        Optimiser = "muon",
        Schedule = "one-cycle",
        Rate = 2e-3,
        LocalisationRate = 1,
        WeightDecay = 0.1,
    };

    private static readonly TrainingConfig Convolutional = Cycle with { Batch = 128, Epochs = 150, LabelSmoothing = Smoothing };

    // Nothing turns the digit upright for a plain CNN: after as many epochs its training error on RTS and P is three times the ST-CNN's.
    private static readonly TrainingConfig Plain = Convolutional with { Rate = 2 * Cycle.Rate, Epochs = 2 * Convolutional.Epochs };

    // 60×60 pixels are 4.6 times as many as a digit's 28×28, and a step takes the longer.
    private const int EpochsOnClutter = 60;

    /// <summary>Both, for distorted digits and ST-CNNs. <see cref="Fast"/> is decision 10's, a recipe for each family of networks.</summary>
    public static IReadOnlyDictionary<string, TrainingConfig> Digits { get; } = Of(Convolutional);

    /// <summary>Both, for digits among clutter and ST-CNNs: <see cref="Digits"/>, shorter, since a step is longer.</summary>
    public static IReadOnlyDictionary<string, TrainingConfig> ClutteredDigits { get; } = Of(Convolutional with { Epochs = EpochsOnClutter });

    /// <summary>Both, for distorted digits and CNNs without a transformer, which learn faster at twice the rate, and for longer.</summary>
    public static IReadOnlyDictionary<string, TrainingConfig> PlainDigits { get; } = Of(Plain);

    /// <summary>Both, for digits among clutter and CNNs without a transformer: <see cref="PlainDigits"/>, shorter, since a step is longer.</summary>
    public static IReadOnlyDictionary<string, TrainingConfig> PlainClutteredDigits { get; } = Of(Plain with { Epochs = EpochsOnClutter });

    /// <summary>Both, for distorted digits and networks that are fully connected: FCN and ST-FCN.</summary>
    public static IReadOnlyDictionary<string, TrainingConfig> FullyConnectedDigits { get; } = Of(Cycle with { Epochs = 240, LabelSmoothing = Smoothing });

    /// <summary>Both, for pairs of digits and networks that convolve: the cycle of <see cref="Digits"/>, shorter, since a step is longer.</summary>
    public static IReadOnlyDictionary<string, TrainingConfig> Pairs { get; } = Of(Cycle with { Batch = 128, Epochs = 60 });

    /// <summary>Both, for pairs of digits and networks that are fully connected; <see cref="Fast"/> is decision 10's last choice of AdamW.</summary>
    public static IReadOnlyDictionary<string, TrainingConfig> FullyConnectedPairs { get; } = Of(new()
    {
        Optimiser = "adamw",
        Schedule = "one-cycle",
        Rate = 4e-3,
        LocalisationRate = 0.5,
        WeightDecay = 0.1,
        Epochs = 200,
    });

    private static Dictionary<string, TrainingConfig> Of(TrainingConfig fast) => new() { [Fast] = fast, [Paper] = AsPublished };
}
