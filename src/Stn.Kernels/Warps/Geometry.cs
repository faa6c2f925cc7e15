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
    public long ImageLength => checked((long)Count * Channels * Points(Source));

    /// <summary>N·C·d·h·w, the values of V.</summary>
    public long OutputLength => checked((long)Count * Channels * Points(Target));

    /// <summary>Checks the sizes themselves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A count is negative, the source has an axis without pixels, or a plane has more points than an integer counts.
    /// </exception>
    public void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Count);
        ArgumentOutOfRangeException.ThrowIfNegative(Channels);
        if (Math.Min(Source.Depth, Math.Min(Source.Height, Source.Width)) < 1)
            throw new ArgumentOutOfRangeException(nameof(Source), $"A source needs at least one pixel along each axis, not {Source}.");
        if (Math.Min(Target.Depth, Math.Min(Target.Height, Target.Width)) < 0)
            throw new ArgumentOutOfRangeException(nameof(Target), $"A target size cannot be negative: {Target}.");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Max(Points(Source), Points(Target)), int.MaxValue);
    }

    // Volume.Length without its overflow.
    private static long Points(Volume volume) => checked((long)volume.Depth * volume.Height * volume.Width);

    private static Volume VolumeOf(Plane plane) => new(1, plane.Height, plane.Width);
}
