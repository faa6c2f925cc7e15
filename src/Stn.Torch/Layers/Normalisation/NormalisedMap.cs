namespace Stn.Torch.Layers.Normalisation;

/// <summary>A batch of feature maps in memory, (N, C, H, W) in C order, as its channels.</summary>
/// <param name="Images">N.</param>
/// <param name="Channels">C.</param>
/// <param name="Plane">H·W.</param>
internal readonly unsafe record struct NormalisedMap(int Images, int Channels, int Plane)
{
    // Planes shorter than a vector are put behind each other first.
    private const int ShortPlane = 16;

    /// <summary>The numbers of a channel: M.</summary>
    internal int Count => Images * Plane;

    private bool IsGathered => Plane < ShortPlane && Images > 1;

    /// <summary>Calls a body for each channel, on all threads, with memory for copies of so many maps' channels.</summary>
    internal void ForEachChannel(int maps, ChannelBody body)
    {
        if (!IsGathered)
        {
            Parallel.For(Channels, channel => body(channel, null));
            return;
        }

        var length = maps * Count;
        Parallel.For(Channels, channel =>
        {
            using var scratch = new Scratch(length);
            body(channel, scratch.Floats);
        });
    }

    /// <summary>A channel of a map that is read: in its place, or copied.</summary>
    internal ChannelRows Read(float* map, int channel, float* scratch, int copy) =>
        map == null ? default : IsGathered ? Rows(map, channel).Gather(scratch + ((nint)copy * Count)) : Rows(map, channel);

    /// <summary>A channel of a map that is written, in its place or beside it; <see cref="Written"/> brings it home.</summary>
    internal ChannelRows Write(float* map, int channel, float* scratch, int copy) =>
        map == null ? default : IsGathered ? new ChannelRows(scratch + ((nint)copy * Count), 1, Count, 0) : Rows(map, channel);

    /// <summary>After a channel was written.</summary>
    internal void Written(float* map, int channel, in ChannelRows rows)
    {
        if (IsGathered && map != null)
            Rows(map, channel).Scatter(rows);
    }

    private ChannelRows Rows(float* map, int channel) => new(map + ((nint)channel * Plane), Images, Plane, (nint)Channels * Plane);
}

/// <summary>What is done for a channel.</summary>
internal unsafe delegate void ChannelBody(int channel, float* scratch);
