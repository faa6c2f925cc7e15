using Stn.Data;
using Stn.Experiments.Training;

namespace Stn.Experiments.Catalogue;

/// <summary>
/// What an experiment learns: samples and their labels. A network answers with logits, (N, K) for one label a sample, (N, S, K) for
/// S labels; <see cref="Classification"/> measures them.
/// </summary>
public interface IExperimentTask
{
    /// <summary>The first half of an experiment's name: <c>rts</c>.</summary>
    string Name { get; }

    /// <summary>What the samples are, for people.</summary>
    string Title { get; }

    /// <summary>The shape of a sample.</summary>
    SampleShape Shape { get; }

    /// <summary>K, the number of classes.</summary>
    int Classes { get; }

    /// <summary>The names of the classes, by label; numbers by default.</summary>
    IReadOnlyList<string> ClassNames => [.. Enumerable.Range(0, Classes).Select(label => $"{label}")];

    /// <summary>Whether each sample is a picture's file, which is read and decoded while the network learns: more work than to distort a digit.</summary>
    bool DecodesPictures => false;

    /// <summary>What a run learns from, and what its error is measured on.</summary>
    /// <param name="sources">Where data come from; what is not asked for is not loaded.</param>
    /// <param name="config">The seed, and how many samples take part.</param>
    /// <exception cref="ArgumentException">The settings ask for more samples than there are.</exception>
    SampleSets Sets(DataSources sources, TrainingConfig config);
}
