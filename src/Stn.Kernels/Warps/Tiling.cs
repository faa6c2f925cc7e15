namespace Stn.Kernels.Warps;

/// <summary>
/// Cuts a target into tiles. The cut depends on the shapes alone, never on the number of threads: it fixes the order of sums.
/// </summary>
internal readonly struct Tiling
{
    // 8192 points of coordinates, indices and gradients (200 KB) and their window of U stay in a 512 KB second-level cache.
    private const int MostPoints = 8192;
    private const int MostPointsOfVolume = 8192;

    // 8 channels go together where there are as many: their window is 4 times as large.
    private const int ManyChannels = 8;
    private const int MostPointsOfManyChannels = 2048;
    private const int Side = 128;
    private const int SideOfManyChannels = 48;
    private const int SideOfVolume = 64;

    private readonly Volume target;
    private readonly Volume tile;
    private readonly int across;
    private readonly int down;

    public Tiling(Volume target, int channels)
    {
        this.target = target;
        var volume = target.Depth > 1;
        var many = channels >= ManyChannels && !volume;
        var most = volume ? MostPointsOfVolume : many ? MostPointsOfManyChannels : MostPoints;
        if ((long)target.Depth * target.Height * target.Width <= most)
        {
            tile = target;
        }
        else
        {
            var width = Part(target.Width, volume ? SideOfVolume : many ? SideOfManyChannels : Side);
            width = width < target.Width ? Math.Min(Tile.RoundUp(width), target.Width) : width;
            var side = volume ? (int)Math.Sqrt(most / width) : most / width;
            var height = Part(target.Height, side);
            tile = new Volume(Part(target.Depth, Math.Max(1, most / (width * height))), height, width);
        }

        across = Parts(target.Width, tile.Width);
        down = Parts(target.Height, tile.Height);
        Count = across * down * Parts(target.Depth, tile.Depth);
    }

    /// <summary>The number of tiles; 0 for a target without points.</summary>
    public int Count { get; }

    public Tile this[int index]
    {
        get
        {
            var x = index % across * tile.Width;
            var y = index / across % down * tile.Height;
            var z = index / across / down * tile.Depth;
            return new Tile(
                index, target, z, y, x,
                Math.Min(tile.Depth, target.Depth - z), Math.Min(tile.Height, target.Height - y), Math.Min(tile.Width, target.Width - x));
        }
    }

    private static int Parts(int length, int part) => part == 0 ? 0 : (length + part - 1) / part;

    // The length of equal parts of at most `most`.
    private static int Part(int length, int most) => Parts(length, Math.Max(1, Parts(length, most)));
}
