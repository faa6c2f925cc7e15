using Stn.Data;

namespace Stn.Experiments.Training;

/// <summary>What a run learns from, and what its error is measured on.</summary>
/// <param name="Training">Of distorted digits: distorted afresh in each epoch.</param>
/// <param name="Evaluation">Fixed: the test set, or a part held out of the training set.</param>
/// <param name="ClassNames">The names of the classes, by label, where the data say; null where the task knows them.</param>
public sealed record SampleSets(ISampleSet Training, ISampleSet Evaluation, IReadOnlyList<string>? ClassNames = null);
