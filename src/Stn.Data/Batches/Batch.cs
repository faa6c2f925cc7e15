using System.Runtime.InteropServices;

namespace Stn.Data.Batches;

/// <summary>
/// Samples with their labels. Disposing hands its memory back to the <see cref="BatchProducer"/>, which writes
/// the next batches into it: do not read a batch afterwards.
/// </summary>
public sealed class Batch : IDisposable
{
    private readonly Memory<float> _values;
    private readonly long[] _labels;
    private readonly int[] _indices;
    private readonly Action<Batch> _handBack;
    private int _inUse;

    internal Batch(int capacity, SampleShape shape, int labelsPerSample, Action<Batch> handBack)
    {
        (Shape, LabelsPerSample, _handBack) = (shape, labelsPerSample, handBack);
        _values = Aligned(capacity * shape.Length);
        _labels = new long[capacity * labelsPerSample];
        _indices = new int[capacity];
    }

    /// <summary>The epoch that it belongs to, from 0.</summary>
    public int Epoch { get; private set; }

    /// <summary>Its place in the epoch, from 0.</summary>
    public int Step { get; private set; }

    /// <summary>N, the number of samples.</summary>
    public int Count { get; private set; }

    /// <summary>The shape of a sample.</summary>
    public SampleShape Shape { get; }

    /// <summary>S, the labels of a sample.</summary>
    public int LabelsPerSample { get; }

    /// <summary>The samples one after the other, as <see cref="SampleShape.Batch"/> says; of images 0 black to 1 white.</summary>
    public ReadOnlySpan<float> Values => Memory.Span;

    /// <summary>The memory of <see cref="Values"/>, to be used in its place.</summary>
    public Memory<float> Memory => _values[..(Count * Shape.Length)];

    /// <summary>N×S labels.</summary>
    public ReadOnlySpan<long> Labels => _labels.AsSpan(0, Count * LabelsPerSample);

    /// <summary>N indices: which sample of the set each one is.</summary>
    public ReadOnlySpan<int> Indices => _indices.AsSpan(0, Count);

    /// <summary>Hands the memory back; a second call does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _inUse, 0) == 1)
            _handBack(this);
    }

    internal void Begin(int epoch, int step, ReadOnlySpan<int> indices)
    {
        (Epoch, Step, Count, _inUse) = (epoch, step, indices.Length, 1);
        indices.CopyTo(_indices);
    }

    internal void Fill(ISampleSet set, int sample) => set.Render(
        _indices[sample], Epoch, _values.Span.Slice(sample * Shape.Length, Shape.Length),
        _labels.AsSpan(sample * LabelsPerSample, LabelsPerSample));

    // Begins at a cache line, as a tensor of libtorch does, and stays there.
    private static Memory<float> Aligned(int length)
    {
        const int Line = 64;
        var memory = GC.AllocateUninitializedArray<float>(length + (Line / sizeof(float)), pinned: true);
        var over = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0) % Line);
        return memory.AsMemory((Line - over) % Line / sizeof(float), length);
    }
}
