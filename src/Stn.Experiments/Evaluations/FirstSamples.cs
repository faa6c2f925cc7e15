using Stn.Data;

namespace Stn.Experiments.Evaluations;

/// <summary>The first samples of a set.</summary>
/// <param name="set">The set.</param>
/// <param name="most">How many, if it has as many.</param>
internal sealed class FirstSamples(ISampleSet set, int most) : ISampleSet
{
    public int Count => Math.Min(most, set.Count);

    public SampleShape Shape => set.Shape;

    public int LabelsPerSample => set.LabelsPerSample;

    public string Description => $"the first {Count} of: {set.Description}";

    public string SourceHash() => set.SourceHash();

    public void Render(int index, int epoch, Span<float> values, Span<long> labels) => set.Render(index, epoch, values, labels);
}
