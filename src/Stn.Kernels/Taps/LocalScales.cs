using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Stn.Kernels.Points;
using Stn.Kernels.Reference;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>The local scales of a tile's points along x and y, laid out as its staged points; slack is not set.</summary>
/// <remarks>
/// <see cref="AntiAliasedReference.Scale"/> of positions that are located once more for the tile and its neighbours, so one rule
/// serves every transformation. Vector and scalar form round alike.
/// </remarks>
internal readonly unsafe struct LocalScales<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public readonly T* X;
    public readonly T* Y;

    private LocalScales(T* x, T* y, bool anyWide)
    {
        X = x;
        Y = y;
        AnyWide = anyWide;
    }

    /// <summary>Whether any point needs more than the bilinear sampler.</summary>
    public bool AnyWide { get; }

    /// <summary>The scales of the points of a tile of one image.</summary>
    public static LocalScales<T> Of<TPoints>(in TPoints points, int image, in Tile tile)
        where TPoints : struct, IPoints<T>
    {
        var around = WithNeighbours(tile);
        var near = Staged<T>.Beside(points, image, around);
        var x = Scratch.Current.Take<T>(Slot.ScaleX, tile.StagedLength);
        var y = Scratch.Current.Take<T>(Slot.ScaleY, tile.StagedLength);
        var nowhere = Scratch.Current.Take<T>(Slot.Row, tile.Columns);
        new Span<T>(nowhere, tile.Columns).Fill(T.NaN);
        var wide = Plane(near.X, around, tile, nowhere, x);
        wide |= Plane(near.Y, around, tile, nowhere, y);
        return new LocalScales<T>(x, y, wide);
    }

    private static Tile WithNeighbours(in Tile tile)
    {
        var (x, y) = (Math.Max(0, tile.X - 1), Math.Max(0, tile.Y - 1));
        return tile with
        {
            X = x,
            Y = y,
            Columns = Math.Min(tile.Target.Width, tile.X + tile.Columns + 1) - x,
            Rows = Math.Min(tile.Target.Height, tile.Y + tile.Rows + 1) - y,
        };
    }

    // The scales of one source coordinate; whether any is wide.
    private static bool Plane(T* near, in Tile around, in Tile tile, T* nowhere, T* scales)
    {
        var wide = false;
        for (var row = 0; row < tile.Rows; row++, scales += tile.RowPitch)
        {
            var y = tile.Y + row;
            var at = near + ((y - around.Y) * around.RowPitch) + (tile.X - around.X);
            var above = y == 0 ? nowhere : at - around.RowPitch;
            var below = y == tile.Target.Height - 1 ? nowhere : at + around.RowPitch;
            var left = tile.X == 0 ? T.NaN : at[-1];
            var right = tile.X + tile.Columns == tile.Target.Width ? T.NaN : at[tile.Columns];
            Row(at, left, right, above, below, tile.Columns, scales);
            wide |= AnyAbove(scales, tile.Columns, T.CreateTruncating(AntiAliasedReference.Linear));
        }

        return wide;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row(T* at, T left, T right, T* above, T* below, int columns, T* scales)
    {
        var last = columns - 1;
        var i = 1;
        if (Simd.IsVector<T>())
        {
            for (; i <= last - Vector256<T>.Count; i += Vector256<T>.Count)
            {
                var across = Difference(Vector256.Load(at + i - 1), Vector256.Load(at + i), Vector256.Load(at + i + 1));
                var down = Difference(Vector256.Load(above + i), Vector256.Load(at + i), Vector256.Load(below + i));
                var scale = Vector256.Max(Vector256<T>.One, Vector256.Sqrt((across * across) + (down * down)));
                Vector256.ConditionalSelect(IsFinite(Vector256.Load(at + i)), scale, Vector256<T>.One).Store(scales + i);
            }
        }

        for (; i < last; i++)
            scales[i] = AntiAliasedReference.Scale(at[i], at[i - 1], at[i + 1], above[i], below[i]);
        scales[0] = AntiAliasedReference.Scale(at[0], left, last == 0 ? right : at[1], above[0], below[0]);
        scales[last] = AntiAliasedReference.Scale(at[last], last == 0 ? left : at[last - 1], right, above[last], below[last]);
    }

    private static bool AnyAbove(T* values, int count, T limit)
    {
        var i = 0;
        if (Simd.IsVector<T>())
        {
            for (; i <= count - Vector256<T>.Count; i += Vector256<T>.Count)
            {
                if (Vector256.GreaterThanAny(Vector256.Load(values + i), Vector256.Create(limit)))
                    return true;
            }
        }

        for (; i < count; i++)
        {
            if (values[i] > limit)
                return true;
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Difference(Vector256<T> before, Vector256<T> here, Vector256<T> after)
    {
        var (isBefore, isAfter) = (IsFinite(before), IsFinite(after));
        var half = Vector256.Create(T.One / (T.One + T.One));
        var oneSided = Vector256.ConditionalSelect(isBefore, here - before, (after - here) & isAfter);
        return Vector256.ConditionalSelect(isBefore & isAfter, (after - before) * half, oneSided);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> IsFinite(Vector256<T> value) =>
        Vector256.LessThan(Vector256.Abs(value), Vector256.Create(T.PositiveInfinity));
}
