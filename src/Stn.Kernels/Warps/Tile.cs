namespace Stn.Kernels.Warps;

/// <summary>A box of target points that one task handles, small enough for its coordinates to stay in the cache.</summary>
/// <remarks>
/// The points of a tile are staged in arrays, row by row. Rows follow each other without a gap where the tile has the full
/// width of the target (then a slice is one run of points in the output too); otherwise each row is a run, and starts at a
/// multiple of <see cref="Lanes"/>. Lanes between runs are slack: they may be computed, never written to the output.
/// </remarks>
internal readonly record struct Tile(int Index, Volume Target, int Z, int Y, int X, int Depth, int Rows, int Columns)
{
    /// <summary>Runs start at multiples of this many points: a 256-bit vector of floats.</summary>
    public const int Lanes = 8;

    private bool FullWidth => Columns == Target.Width;

    /// <summary>The distance of two rows in the staged arrays.</summary>
    public int RowPitch => FullWidth ? Columns : RoundUp(Columns);

    /// <summary>The distance of two slices in the staged arrays.</summary>
    public int SlicePitch => RoundUp(Rows * RowPitch);

    /// <summary>The staged points, slack included.</summary>
    public int StagedLength => Depth * SlicePitch;

    /// <summary>How many runs of neighbouring points the tile has.</summary>
    public int Runs => FullWidth ? Depth : Depth * Rows;

    /// <summary>The points of each run.</summary>
    public int RunLength => FullWidth ? Rows * Columns : Columns;

    /// <summary>
    /// How far ahead in the output what a loop over points needs soon lies: two rows on, or, where the tile is one run, in the planes that
    /// follow <paramref name="channels"/> of them.
    /// </summary>
    public nint Ahead(int channels) => Runs > 1 ? 2 * (nint)Target.Width : channels * (nint)Target.Length;

    /// <summary>Where run <paramref name="run"/> starts in the staged arrays.</summary>
    public int StagedStart(int run) =>
        FullWidth ? run * SlicePitch : ((run / Rows) * SlicePitch) + ((run % Rows) * RowPitch);

    /// <summary>Where run <paramref name="run"/> starts in a plane of the output.</summary>
    public int TargetStart(int run) => FullWidth
        ? (((Z + run) * Target.Height) + Y) * Target.Width
        : ((((Z + (run / Rows)) * Target.Height) + Y + (run % Rows)) * Target.Width) + X;

    /// <summary><paramref name="count"/> rounded up to whole vectors.</summary>
    public static int RoundUp(int count) => (count + Lanes - 1) & ~(Lanes - 1);
}
