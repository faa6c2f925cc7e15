using Stn.Data.Randomness;

namespace Stn.Data;

/// <summary>What decides the samples of a set: afresh in each epoch for training, one draw for testing and validation.</summary>
/// <param name="Seed">The key of all random numbers.</param>
/// <param name="Purpose">What they are for.</param>
internal readonly record struct Draws(ulong Seed, RandomPurpose Purpose)
{
    /// <summary>Those of the fixed test set.</summary>
    public static Draws Test { get; } = new(DistortedSet.FixedSeed, RandomPurpose.TestDistortion);

    /// <summary>Those of the fixed validation set.</summary>
    public static Draws Validation { get; } = new(DistortedSet.FixedSeed, RandomPurpose.ValidationDistortion);

    /// <summary>Those of a training set.</summary>
    public static Draws Training(ulong seed) => new(seed, RandomPurpose.TrainingDistortion);

    /// <summary>The random numbers of one sample.</summary>
    public CounterRandom Of(int index, int epoch) => new(Seed, Purpose, Purpose == RandomPurpose.TrainingDistortion ? epoch : 0, index);

    /// <summary>For a run's manifest.</summary>
    public override string ToString() => $"{Purpose}, seed {Seed}";
}
