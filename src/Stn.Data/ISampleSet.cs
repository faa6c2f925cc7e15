namespace Stn.Data;

/// <summary>
/// Samples with their labels, each a function of its index and the epoch, computed when it is asked for. Safe to use from several
/// threads.
/// </summary>
public interface ISampleSet
{
    /// <summary>The number of samples in an epoch.</summary>
    int Count { get; }

    /// <summary>The shape of a sample.</summary>
    SampleShape Shape { get; }

    /// <summary>The labels of a sample: 1 of a class, more of a sequence.</summary>
    int LabelsPerSample { get; }

    /// <summary>How samples are made of their source, with all numbers, in a line: part of a run's manifest.</summary>
    string Description { get; }

    /// <summary>SHA-256 of what the samples are made of, in lower-case hexadecimal digits: part of a run's manifest.</summary>
    string SourceHash();

    /// <summary>Makes one sample.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <param name="epoch">Which epoch; without effect for a fixed set.</param>
    /// <param name="values"><see cref="SampleShape.Length"/> numbers, written in full; of images 0 black to 1 white.</param>
    /// <param name="labels"><see cref="LabelsPerSample"/> labels, written in full.</param>
    void Render(int index, int epoch, Span<float> values, Span<long> labels);
}
