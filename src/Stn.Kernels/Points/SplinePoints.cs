using System.Numerics;
using Stn.Kernels.Reference;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Points;

/// <summary>The thin-plate spline on a lattice, from a quarter of its basis functions: <see cref="SplineTable{T}"/>.</summary>
/// <remarks>
/// Four tiles that are each other's mirror images are located together, by the first task of them; another thread's
/// task locates its own alone, with the same bits. Weights that are not finite take the plain form.
/// </remarks>
internal readonly unsafe struct SplinePoints<T>(SplineTable<T> table, T* theta, Geometry geometry, AlignCorners align) : IPoints<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Members = LatticeOrbits.Members;

    // The gradients of so many points stay in the first-level cache from some functions to the next.
    private const int PointsOfBlock = 2048;

    private readonly long call = PackedBasis.NextCall();
    private readonly Tiling tiling = Tiling.Mirrored(geometry.Target, geometry.Channels);
    private readonly Axis sourceX = new(geometry.Source.Width, align);
    private readonly Axis sourceY = new(geometry.Source.Height, align);

    public int Dimensions => 2;

    public int Sums => 2 * table.Side * table.Side;

    public bool EndsAtCorners => false;

    public bool TileFirst => true;

    public bool IsMirrored => true;

    private static bool UsesVectors => Simd.IsFastFor<T>();

    private Volume Target => geometry.Target;

    private T MiddleX => T.CreateTruncating(sourceX.Middle);

    private T MiddleY => T.CreateTruncating(sourceY.Middle);

    public (int Start, int Length) Room(in Tile tile) => tiling.Images == 1
        ? (0, tile.StagedLength)
        : (tile.Index % tiling.Images * Stride, tiling.Images * Stride);

    // Of the first tile, which is one of the largest.
    private int Stride => tiling[0].StagedLength + Staged<T>.Slack;

    public void Locate(int image, in Tile tile, in Staged<T> staged)
    {
        var isCut = tiling.Images > 1 && tile == tiling[tile.Index];
        if (isCut && SplineCache.Located == (call, image, tile.Index / tiling.Images))
            return;
        var weights = Scratch.Current.Take<T>(Slot.Theta, 2 * table.Orbits.Functions);
        if (!Weights(image, 0, weights))
            LocatePlainly(image, tile, staged);
        else if (tile.Rows == Target.Height && tile.Columns == Target.Width)
            LocateAll(CornersOfTarget(), table.Values, weights, staged.X, staged.Y);
        else if (isCut && tile.Index % tiling.Images == 0)
            LocateMirrored(image, tile, weights, staged);
        else
            LocateParts(image, tile, weights, staged);
    }

    public void Reduce(int image, in Tile tile, in Staged<T> staged, double* sums)
    {
        var functions = table.Orbits.Functions;
        var dots = Scratch.Current.Take<double>(Slot.Dots, 2 * functions);
        new Span<double>(dots, 2 * functions).Clear();
        if (tile.Rows == Target.Height && tile.Columns == Target.Width)
            ReduceAll(staged, dots);
        else
            ReduceParts(tile, staged, dots);
        if (!AreFinite(dots, 2 * functions))
        {
            ReducePlainly(tile, staged, sums);
            return;
        }

        table.Orbits.AddGradient(dots, sourceX.PixelsPerUnit, sums);
        table.Orbits.AddGradient(dots + functions, sourceY.PixelsPerUnit, sums + (table.Side * table.Side));
    }

    private bool Weights(int image, int member, T* weights)
    {
        var count = table.Side * table.Side;
        var of = theta + ((long)image * Sums);
        return table.Orbits.Weights(of, sourceX.PixelsPerUnit, member, weights, 2)
            & table.Orbits.Weights(of + count, sourceY.PixelsPerUnit, member, weights + 1, 2);
    }

    // A tile of the quarter and its three mirror images.
    private void LocateMirrored(int image, in Tile tile, T* weights, in Staged<T> staged)
    {
        SplineCache.Located = default;
        var (right, below) = (tiling[tile.Index + 1], tiling[tile.Index + 2]);
        var lastLeft = (below.Rows - 1) * below.RowPitch;
        var lastRight = (below.Rows - 1) * right.RowPitch;
        var corners = new Corners(
            tile.Columns, right.Columns, tile.Rows, below.Rows, 0, Stride + right.Columns, (2 * Stride) + lastLeft,
            (3 * Stride) + lastRight + right.Columns, tile.RowPitch, right.RowPitch);
        LocateAll(corners, table.At(tile.Y, tile.X), weights, staged.X, staged.Y);
        SplineCache.Located = (call, image, tile.Index / tiling.Images);
    }

    private Corners CornersOfTarget()
    {
        var (width, last) = (Target.Width, (nint)(Target.Height - 1) * Target.Width);
        return new(
            (width + 1) / 2, width / 2, (Target.Height + 1) / 2, Target.Height / 2, 0, width, last, last + width, width, width);
    }

    private void LocateAll(in Corners corners, T* row, T* weights, T* x, T* y)
    {
        var orbits = table.Orbits.Count;
        if (UsesVectors && Simd.IsWide)
            new SplineProducts<T, Lanes512<T>>(orbits).LocateAll(row, table.Pitch, weights, x, y, corners, MiddleX, MiddleY);
        else if (UsesVectors)
            new SplineProducts<T, Lanes256<T>>(orbits).LocateAll(row, table.Pitch, weights, x, y, corners, MiddleX, MiddleY);
        else
            new SplineProducts<T, OneLane<T>>(orbits).LocateAll(row, table.Pitch, weights, x, y, corners, MiddleX, MiddleY);
    }

    // Any tile, a quarter of the target after the other.
    private void LocateParts(int image, in Tile tile, T* weights, in Staged<T> staged)
    {
        var room = Scratch.Current.Take<T>(Slot.Quarter, 2 * (SplineSums.RoundUp(tile.Columns) + SplineTable<T>.Panel));
        for (var member = 0; member < Members; member++)
        {
            var part = QuarterPart.Of(tile, member);
            if (part.IsEmpty)
                continue;
            Weights(image, member, weights);
            var length = part.Panels * SplineTable<T>.Panel;
            for (var r = 0; r < part.Rows; r++)
            {
                LocateRow(table.At(part.Row(r), part.FirstOfPanels), part.Panels, weights, room, room + length);
                part.FromQuarter(room, staged.X + part.StagedStart(r));
                part.FromQuarter(room + length, staged.Y + part.StagedStart(r));
            }
        }
    }

    private void LocateRow(T* panel, int panels, T* weights, T* x, T* y)
    {
        var orbits = table.Orbits.Count;
        if (UsesVectors && Simd.IsWide)
            new SplineProducts<T, Lanes512<T>>(orbits).LocateRow(panel, panels, weights, x, y, MiddleX, MiddleY);
        else if (UsesVectors)
            new SplineProducts<T, Lanes256<T>>(orbits).LocateRow(panel, panels, weights, x, y, MiddleX, MiddleY);
        else
            new SplineProducts<T, OneLane<T>>(orbits).LocateRow(panel, panels, weights, x, y, MiddleX, MiddleY);
    }

    private void LocatePlainly(int image, in Tile tile, in Staged<T> staged)
    {
        var of = new ReadOnlySpan<T>(theta + ((long)image * Sums), Sums);
        for (var row = 0; row < tile.Rows; row++)
        {
            for (var column = 0; column < tile.Columns; column++)
            {
                var at = (row * tile.RowPitch) + column;
                (staged.X[at], staged.Y[at]) = SplineReference.Locate(
                    table, of, tile.Y + row, tile.X + column, new Plane(geometry.Source.Height, geometry.Source.Width), align);
            }
        }
    }

    private void ReduceAll(in Staged<T> staged, double* dots)
    {
        var corners = CornersOfTarget();
        var width = SplineSums.RoundUp(corners.Count);
        var rows = Math.Max(1, PointsOfBlock / Members / Math.Max(1, width));
        var stride = (nint)rows * width;
        var sums = Scratch.Current.Take<T>(Slot.Quarter, checked((int)(2 * Members * stride)));
        for (var first = 0; first < corners.Rows; first += rows)
        {
            var some = Math.Min(rows, corners.Rows - first);
            Fold(staged.GradientX, corners, first, some, sums, stride);
            Fold(staged.GradientY, corners, first, some, sums + (Members * stride), stride);
            for (var kind = 0; kind < Members; kind++)
            {
                var x = sums + (kind * stride);
                Dots(
                    table.At(first, 0) + (kind * SplineTable<T>.Panel), some, width / SplineTable<T>.Panel, x, x + (Members * stride), dots + kind);
            }
        }
    }

    private void ReduceParts(in Tile tile, in Staged<T> staged, double* dots)
    {
        var functions = table.Orbits.Functions;
        var ofPart = Scratch.Current.Take<double>(Slot.DotsOfPart, 2 * functions);
        for (var member = 0; member < Members; member++)
        {
            var part = QuarterPart.Of(tile, member);
            if (part.IsEmpty)
                continue;
            new Span<double>(ofPart, 2 * functions).Clear();
            ReducePart(part, staged, ofPart);
            for (var i = 0; i < 2 * functions; i++)
                dots[i] += LatticeOrbits.IsNegative(i % Members, member) ? -ofPart[i] : ofPart[i];
        }
    }

    // An infinite gradient meets its opposite in the sums and differences, not in the sums of the functions themselves.
    private void ReducePlainly(in Tile tile, in Staged<T> staged, double* sums)
    {
        var count = table.Side * table.Side;
        Span<T> functions = new T[count];
        for (var point = 0; point < tile.Rows * tile.Columns; point++)
        {
            var (row, column) = (point / tile.Columns, point % tile.Columns);
            table.Evaluate(tile.Y + row, tile.X + column, functions);
            var at = (row * tile.RowPitch) + column;
            var x = sourceX.PixelsPerUnit * double.CreateTruncating(staged.GradientX[at]);
            var y = sourceY.PixelsPerUnit * double.CreateTruncating(staged.GradientY[at]);
            for (var k = 0; k < count; k++)
            {
                sums[k] += x * double.CreateTruncating(functions[k]);
                sums[count + k] += y * double.CreateTruncating(functions[k]);
            }
        }
    }

    private static bool AreFinite(double* values, int count)
    {
        var sum = 0.0;
        for (var i = 0; i < count; i++)
            sum += values[i] - values[i];
        return sum == 0;
    }

    private void ReducePart(in QuarterPart part, in Staged<T> staged, double* dots)
    {
        var width = part.Panels * SplineTable<T>.Panel;
        var rows = Math.Max(1, PointsOfBlock / width);
        var x = Scratch.Current.Take<T>(Slot.Quarter, 2 * rows * width);
        var y = x + (rows * width);
        for (var first = 0; first < part.Rows; first += rows)
        {
            var some = Math.Min(rows, part.Rows - first);
            for (var r = 0; r < some; r++)
            {
                part.ToQuarter(staged.GradientX + part.StagedStart(first + r), x + (r * width));
                part.ToQuarter(staged.GradientY + part.StagedStart(first + r), y + (r * width));
            }

            // Rows of the lower half lead upwards in the table.
            var pitch = part.RowStep * table.Pitch;
            for (var kind = 0; kind < Members; kind++)
                Dots(table.At(part.Row(first), part.FirstOfPanels) + (kind * SplineTable<T>.Panel), pitch, some, part.Panels, x, y, dots + kind);
        }
    }

    private static void Fold(T* gradients, in Corners corners, int first, int rows, T* to, nint stride)
    {
        if (UsesVectors && Simd.IsWide)
            SplineSums<T, Lanes512<T>>.Fold(gradients, corners, first, rows, to, stride);
        else if (UsesVectors)
            SplineSums<T, Lanes256<T>>.Fold(gradients, corners, first, rows, to, stride);
        else
            SplineSums<T, OneLane<T>>.Fold(gradients, corners, first, rows, to, stride);
    }

    private void Dots(T* row, int rows, int panels, T* x, T* y, double* dots) => Dots(row, table.Pitch, rows, panels, x, y, dots);

    private void Dots(T* row, nint pitch, int rows, int panels, T* x, T* y, double* dots)
    {
        var orbits = table.Orbits;
        if (UsesVectors && Simd.IsWide)
            new SplineSums<T, Lanes512<T>>(orbits.Count).Dots(row, pitch, rows, panels, x, y, dots, orbits.Functions);
        else if (UsesVectors)
            new SplineSums<T, Lanes256<T>>(orbits.Count).Dots(row, pitch, rows, panels, x, y, dots, orbits.Functions);
        else
            new SplineSums<T, OneLane<T>>(orbits.Count).Dots(row, pitch, rows, panels, x, y, dots, orbits.Functions);
    }
}

/// <summary>What the thread has located beside the tile that it was asked for.</summary>
internal static class SplineCache
{
    [ThreadStatic]
    public static (long Call, int Image, int Tiles) Located;
}
