using Stn.Kernels.Warps;

namespace Stn.Kernels.Points;

/// <summary>The part of a tile in one quarter of the target, in the order of the upper left quarter.</summary>
/// <remarks>The middle of an odd target belongs to the left and to the upper quarters.</remarks>
internal readonly unsafe struct QuarterPart
{
    private readonly Tile tile;
    private readonly int left;
    private readonly int top;
    private readonly bool isRight;
    private readonly bool isBelow;

    private QuarterPart(in Tile tile, int member, (int First, int Count) columns, (int First, int Count) rows)
    {
        (this.tile, isRight, isBelow) = (tile, (member & 1) != 0, (member & 2) != 0);
        (left, Columns) = columns;
        (top, Rows) = rows;
    }

    public int Rows { get; }

    public int Columns { get; }

    public bool IsEmpty => Rows <= 0 || Columns <= 0;

    /// <summary>From a row of the part to the next, 1 or −1 row of the table.</summary>
    public int RowStep => isBelow ? -1 : 1;

    /// <summary>The table's column of the first panel that the part touches.</summary>
    public int FirstOfPanels => First / SplineTable<float>.Panel * SplineTable<float>.Panel;

    /// <summary>How many panels it touches.</summary>
    public int Panels => (SplineSums.RoundUp(First + Columns) - FirstOfPanels) / SplineTable<float>.Panel;

    // The table's column of the part's point nearest to the edge.
    private int First => isRight ? tile.Target.Width - left - Columns : left;

    /// <summary>The part of a tile that is a mirror image of the quarter.</summary>
    public static QuarterPart Of(in Tile tile, int member) => new(
        tile, member, Cut(tile.X, tile.Columns, tile.Target.Width, (member & 1) != 0),
        Cut(tile.Y, tile.Rows, tile.Target.Height, (member & 2) != 0));

    /// <summary>The table's row.</summary>
    public int Row(int row) => isBelow ? tile.Target.Height - 1 - (top + row) : top + row;

    /// <summary>Where a row of the part starts in the staged arrays.</summary>
    public int StagedStart(int row) => ((top + row - tile.Y) * tile.RowPitch) + (left - tile.X);

    /// <summary>Copies a row from whole panels to its place.</summary>
    public void FromQuarter<T>(T* panels, T* to)
        where T : unmanaged
    {
        var from = panels + (First - FirstOfPanels);
        if (!isRight)
            new Span<T>(from, Columns).CopyTo(new Span<T>(to, Columns));
        else
            Simd.CopyReversed(from, to, Columns);
    }

    /// <summary>Copies a row from its place to whole panels, 0 around it.</summary>
    public void ToQuarter<T>(T* from, T* panels)
        where T : unmanaged
    {
        var (before, length) = (First - FirstOfPanels, Panels * SplineTable<float>.Panel);
        new Span<T>(panels, before).Clear();
        new Span<T>(panels + before + Columns, length - before - Columns).Clear();
        if (!isRight)
            new Span<T>(from, Columns).CopyTo(new Span<T>(panels + before, Columns));
        else
            Simd.CopyReversed(from, panels + before, Columns);
    }

    private static (int First, int Count) Cut(int first, int count, int size, bool isBeyond)
    {
        var middle = (size + 1) / 2;
        var (from, to) = isBeyond ? (Math.Max(first, middle), first + count) : (first, Math.Min(first + count, middle));
        return (from, to - from);
    }
}
