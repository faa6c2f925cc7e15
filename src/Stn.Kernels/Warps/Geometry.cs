namespace Stn.Kernels.Warps;

/// <summary>The sizes of a warp; an image is a volume of one slice.</summary>
internal readonly record struct Geometry(int Count, int Channels, Volume Source, Volume Target)
{
    /// <summary>The geometry of a batch of images.</summary>
    public static Geometry Of(ImageBatch images, Plane target) =>
        new(images.Count, images.Channels, VolumeOf(images.Plane), VolumeOf(target));

    /// <summary>The geometry of a batch of volumes.</summary>
    public static Geometry Of(VolumeBatch volumes, Volume target) =>
        new(volumes.Count, volumes.Channels, volumes.Volume, target);

    /// <summary>N·C·D·H·W, the values of U.</summary>
    public long ImageLength => (long)Count * Channels * Source.Length;

    /// <summary>N·C·d·h·w, the values of V.</summary>
    public long OutputLength => (long)Count * Channels * Target.Length;

    /// <summary>Checks the sizes themselves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative or the source has an axis without pixels.</exception>
    public void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Count);
        ArgumentOutOfRangeException.ThrowIfNegative(Channels);
        if (Math.Min(Source.Depth, Math.Min(Source.Height, Source.Width)) < 1)
            throw new ArgumentOutOfRangeException(nameof(Source), $"A source needs at least one pixel along each axis, not {Source}.");
        if (Math.Min(Target.Depth, Math.Min(Target.Height, Target.Width)) < 0)
            throw new ArgumentOutOfRangeException(nameof(Target), $"A target size cannot be negative: {Target}.");
    }

    private static Volume VolumeOf(Plane plane) => new(1, plane.Height, plane.Width);
}
