using Stn.Data.Distortions;
using Stn.Kernels;

namespace Stn.Data.Batches;

/// <summary>
/// Images with their labels and poses. Disposing hands its memory back to the <see cref="BatchProducer"/>, which writes
/// the next batches into it: do not read a batch afterwards.
/// </summary>
public sealed class Batch : IDisposable
{
    private readonly float[] _pixels;
    private readonly long[] _labels;
    private readonly Pose[] _poses;
    private readonly int[] _indices;
    private readonly Action<Batch> _handBack;
    private int _inUse;

    internal Batch(int capacity, Plane plane, Action<Batch> handBack)
    {
        (Plane, _handBack) = (plane, handBack);
        _pixels = new float[capacity * plane.Length];
        _labels = new long[capacity];
        _poses = new Pose[capacity];
        _indices = new int[capacity];
    }

    /// <summary>The epoch that it belongs to, from 0.</summary>
    public int Epoch { get; private set; }

    /// <summary>Its place in the epoch, from 0.</summary>
    public int Step { get; private set; }

    /// <summary>N, the number of images.</summary>
    public int Count { get; private set; }

    /// <summary>The size of an image.</summary>
    public Plane Plane { get; }

    /// <summary>N×1×H×W pixels, 0 black to 1 white.</summary>
    public ReadOnlySpan<float> Pixels => _pixels.AsSpan(0, Count * Plane.Length);

    /// <summary>N labels.</summary>
    public ReadOnlySpan<long> Labels => _labels.AsSpan(0, Count);

    /// <summary>N poses: what the distortion did to each digit.</summary>
    public ReadOnlySpan<Pose> Poses => _poses.AsSpan(0, Count);

    /// <summary>N indices: which digit of the set each image is.</summary>
    public ReadOnlySpan<int> Indices => _indices.AsSpan(0, Count);

    /// <summary>Hands the memory back; a second call does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _inUse, 0) == 1)
            _handBack(this);
    }

    internal void Fill(DistortedSet set, int epoch, int step, ReadOnlySpan<int> indices)
    {
        (Epoch, Step, Count, _inUse) = (epoch, step, indices.Length, 1);
        indices.CopyTo(_indices);
        Span<byte> canvas = stackalloc byte[Plane.Length];
        for (var i = 0; i < indices.Length; i++)
        {
            _poses[i] = set.Render(indices[i], epoch, canvas);
            _labels[i] = set.Digits.Labels[indices[i]];
            var pixels = _pixels.AsSpan(i * Plane.Length, Plane.Length);
            for (var pixel = 0; pixel < canvas.Length; pixel++)
                pixels[pixel] = canvas[pixel] / 255f;
        }
    }
}
