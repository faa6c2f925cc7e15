using Stn.Kernels.Threading;

namespace Stn.Kernels.Warps;

/// <summary>What a sampler works on: one image's channels of U, of V or its gradient, and of the gradient of U.</summary>
internal readonly unsafe struct Work<T>(in Geometry geometry, int image)
    where T : unmanaged
{
    private const long LeastStream = 8 << 20;

    /// <summary>Which image of the batch.</summary>
    public int Image { get; } = image;

    public Volume Source { get; } = geometry.Source;

    public int SourceLength { get; } = geometry.Source.Length;

    public int TargetLength { get; } = geometry.Target.Length;

    public int Channels { get; } = geometry.Channels;

    /// <summary>Whether V is so large that what is written first would have left the caches when it is read.</summary>
    public bool Streams { get; } = geometry.OutputLength * sizeof(T) >= LeastStream;

    /// <summary>U.</summary>
    public required T* Images { get; init; }

    /// <summary>V in a forward pass, the gradient of V in a backward pass.</summary>
    public required T* Outputs { get; init; }

    /// <summary>The gradient of U, or null if it is not wanted.</summary>
    public T* Gradients { get; init; }

    /// <summary>The order in which the tiles of a plane add to its gradient; null if one thread takes them in order.</summary>
    public Turns? Turns { get; init; }

    /// <summary>Whether the gradient of U has been cleared; if not, the first tile of an image clears its planes.</summary>
    public bool Cleared { get; init; }

    public T* ImagePlane(int channel) => Images + (Plane(channel) * SourceLength);

    public T* OutputPlane(int channel) => Outputs + (Plane(channel) * TargetLength);

    public T* GradientPlane(int channel) => Gradients + (Plane(channel) * SourceLength);

    /// <summary>Begins to add a tile's part to the gradient of <paramref name="count"/> channels; the first tile clears them.</summary>
    public void BeginGradient(int channel, int count, in Tile tile)
    {
        // Every channel has a line of its own: another tile may take the same channels one by one.
        for (var line = channel; line < channel + count; line++)
            Turns?.Await((int)Plane(line), tile.Index);
        if (tile.Index == 0 && !Cleared)
            new Span<T>(GradientPlane(channel), count * SourceLength).Clear();
    }

    /// <summary>Ends what <see cref="BeginGradient"/> began.</summary>
    public void EndGradient(int channel, int count)
    {
        for (var line = channel; line < channel + count; line++)
            Turns?.End((int)Plane(line));
    }

    private long Plane(int channel) => ((long)Image * Channels) + channel;
}
