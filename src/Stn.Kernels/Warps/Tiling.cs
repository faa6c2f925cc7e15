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

    // Rows of mirrored tiles begin where the vectors of a table do.
    private const int LanesOfMirrored = 16;

    private readonly Volume target;
    private readonly Volume cut;
    private readonly Volume tile;
    private readonly int across;
    private readonly int down;

    public Tiling(Volume target, int channels)
        : this(target, target, channels, 1)
    {
    }

    private Tiling(Volume target, Volume cut, int channels, int images)
    {
        (this.target, this.cut, Images) = (target, cut, images);
        var volume = target.Depth > 1;
        var many = channels >= ManyChannels && !volume;
        var most = volume ? MostPointsOfVolume : many ? MostPointsOfManyChannels : MostPoints;
        if ((long)cut.Depth * cut.Height * cut.Width <= most)
        {
            tile = cut;
        }
        else
        {
            var lanes = images > 1 ? LanesOfMirrored : Tile.Lanes;
            var width = Part(cut.Width, volume ? SideOfVolume : many ? SideOfManyChannels : Side);
            width = width < cut.Width ? Math.Min((width + lanes - 1) / lanes * lanes, cut.Width) : width;
            var side = volume ? (int)Math.Sqrt(most / width) : most / width;
            var height = Part(cut.Height, side);
            tile = new Volume(Part(cut.Depth, Math.Max(1, most / (width * height))), height, width);
        }

        across = Parts(cut.Width, tile.Width);
        down = Parts(cut.Height, tile.Height);
        Count = images * across * down * Parts(cut.Depth, tile.Depth);
    }

    /// <summary>The number of tiles; 0 for a target without points.</summary>
    public int Count { get; }

    /// <summary>How many tiles that follow each other are mirror images of the first of them: 1 or 4.</summary>
    public int Images { get; }

    public Tile this[int index]
    {
        get
        {
            var (number, image) = (index / Images, index % Images);
            var x = number % across * tile.Width;
            var y = number / across % down * tile.Height;
            var z = number / across / down * tile.Depth;
            var (isRight, isBelow) = ((image & 1) != 0, (image & 2) != 0);
            var columns = Math.Min(tile.Width, (isRight ? target.Width / 2 : cut.Width) - x);
            var rows = Math.Min(tile.Height, (isBelow ? target.Height / 2 : cut.Height) - y);
            return new Tile(
                index, target, z, isBelow ? target.Height - y - rows : y, isRight ? target.Width - x - columns : x,
                Math.Min(tile.Depth, cut.Depth - z), rows, columns);
        }
    }

    /// <summary>
    /// Cuts a target that takes more than one tile so that four tiles at a time are each other's mirror images, left to right and top to
    /// bottom. The middle of an odd target belongs to the tiles on the left and above.
    /// </summary>
    public static Tiling Mirrored(Volume target, int channels)
    {
        var plain = new Tiling(target, channels);
        if (plain.Count <= 1)
            return plain;
        var mirrored = new Tiling(target, new Volume(1, (target.Height + 1) / 2, (target.Width + 1) / 2), channels, images: 4);
        var last = mirrored[mirrored.Count - 1];
        return last.Rows > 0 && last.Columns > 0 ? mirrored : plain;
    }

    private static int Parts(int length, int part) => part == 0 ? 0 : (length + part - 1) / part;

    // The length of equal parts of at most `most`.
    private static int Part(int length, int most) => Parts(length, Math.Max(1, Parts(length, most)));
}
