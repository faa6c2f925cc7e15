using Stn.Kernels;

namespace Stn.Data;

/// <summary>The shape of one sample: (C, H, W) of an image, (C, D, H, W) of a volume.</summary>
public readonly record struct SampleShape
{
    private SampleShape(int channels, Volume volume, bool isVolume) => (Channels, Volume, IsVolume) = (channels, volume, isVolume);

    /// <summary>C.</summary>
    public int Channels { get; }

    /// <summary>D, H and W; an image is a volume of one slice.</summary>
    public Volume Volume { get; }

    /// <summary>Whether D is an axis of its own.</summary>
    public bool IsVolume { get; }

    /// <summary>H and W.</summary>
    public Plane Plane => new(Volume.Height, Volume.Width);

    /// <summary>The number of values, C·D·H·W.</summary>
    public int Length => Channels * Volume.Length;

    /// <summary>The shape of an image.</summary>
    public static SampleShape Image(int channels, Plane plane) => new(channels, new Volume(1, plane.Height, plane.Width), false);

    /// <summary>The shape of a volume.</summary>
    public static SampleShape OfVolume(int channels, Volume volume) => new(channels, volume, true);

    /// <summary>The shape of a batch of them: (N, C, H, W) or (N, C, D, H, W).</summary>
    public long[] Batch(int count) => IsVolume
        ? [count, Channels, Volume.Depth, Volume.Height, Volume.Width]
        : [count, Channels, Volume.Height, Volume.Width];
}
