namespace Stn.Kernels.Bench;

/// <summary>A batch: N×C×H×W, or N×C×D×H×W.</summary>
internal sealed record Size(int Count, int Channels, int Depth, int Height, int Width)
{
    public int Elements => Count * Channels * Depth * Height * Width;

    public ImageBatch Images => new(Count, Channels, new Plane(Height, Width));

    public VolumeBatch Volumes => new(Count, Channels, new Volume(Depth, Height, Width));

    public override string ToString() =>
        Depth == 1 ? $"{Count}x{Channels}x{Height}x{Width}" : $"{Count}x{Channels}x{Depth}x{Height}x{Width}";
}

internal static class Sizes
{
    public static Size[] All { get; } =
    [
        new(256, 1, 1, 42, 42), new(256, 1, 1, 60, 60), new(256, 32, 1, 20, 20), new(64, 3, 1, 64, 64), new(64, 48, 1, 32, 32),
        new(16, 3, 1, 224, 224), new(1, 3, 1, 512, 512), new(1, 3, 1, 1080, 1920), new(16, 1, 60, 60, 60), new(1, 1, 96, 96, 96),
    ];
}
