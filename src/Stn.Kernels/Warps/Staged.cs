using Stn.Kernels.Points;
using Stn.Kernels.Taps;

namespace Stn.Kernels.Warps;

/// <summary>
/// The staged points of a tile. First X, Y (and Z, in volumes) are source positions in pixels; the sampler may then replace
/// them by the fractions within a pixel. A backward pass adds the gradients of the positions, in pixels too.
/// </summary>
internal readonly unsafe struct Staged<T>
    where T : unmanaged
{
    /// <summary>Vector stores may run over the last point by this many.</summary>
    public const int Slack = PackedBasis.Panel;

    public readonly T* X;
    public readonly T* Y;
    public readonly T* Z;
    public readonly T* GradientX;
    public readonly T* GradientY;
    public readonly T* GradientZ;
    public readonly int Length;

    private Staged(Scratch scratch, (int Start, int Length) room, in Tile tile, bool volume, bool gradients)
    {
        var length = tile.StagedLength;
        Length = length;
        Corners = (tile.Columns - 1, (tile.Rows - 1) * tile.RowPitch, (tile.Depth - 1) * tile.SlicePitch);
        X = scratch.Take<T>(Slot.X, room.Length + Slack) + room.Start;
        Y = scratch.Take<T>(Slot.Y, room.Length + Slack) + room.Start;
        Z = volume ? scratch.Take<T>(Slot.Z, length + Slack) : null;
        if (!gradients)
            return;

        GradientX = scratch.Take<T>(Slot.GradientX, length + Slack);
        GradientY = scratch.Take<T>(Slot.GradientY, length + Slack);
        GradientZ = volume ? scratch.Take<T>(Slot.GradientZ, length + Slack) : null;
        Clear(GradientX);
        Clear(GradientY);
        if (volume)
            Clear(GradientZ);
    }

    private Staged(T* x, T* y, int length)
    {
        X = x;
        Y = y;
        Length = length;
    }

    /// <summary>Whether the gradients of the positions are wanted.</summary>
    public bool HasGradients => GradientX != null;

    /// <summary>The last column, row and slice of the tile, as distances between staged points.</summary>
    public (int Column, int Row, int Slice) Corners { get; }

    /// <summary>Whether the least and the greatest position along each axis, as long as those at the corners are finite, are at corners.</summary>
    public bool EndsAtCorners { get; private init; }

    /// <summary>Locates the points of <paramref name="tile"/> for one image; slack lanes repeat their run's first point.</summary>
    public static Staged<T> Of<TPoints, TTaps>(in TPoints points, in TTaps taps, int image, in Tile tile, bool gradients)
        where TPoints : struct, IPoints<T>
        where TTaps : struct, ITaps<T>
    {
        var volume = points.Dimensions == 3;
        var staged = new Staged<T>(Scratch.Current, points.Room(tile), tile, volume, gradients) { EndsAtCorners = points.EndsAtCorners && taps.KeepsPositions };
        points.Locate(image, tile, staged);
        for (var run = 0; run < tile.Runs; run++)
        {
            var start = tile.StagedStart(run);
            for (var i = start + tile.RunLength; i < start + Tile.RoundUp(tile.RunLength); i++)
            {
                staged.X[i] = staged.X[start];
                staged.Y[i] = staged.Y[start];
                if (volume)
                    staged.Z[i] = staged.Z[start];
            }
        }

        return staged;
    }

    /// <summary>The positions of a tile of an image in memory of their own, beside those of another tile; slack is not set.</summary>
    public static Staged<T> Beside<TPoints>(in TPoints points, int image, in Tile tile)
        where TPoints : struct, IPoints<T>
    {
        var (scratch, length) = (Scratch.Current, tile.StagedLength);
        var staged = new Staged<T>(
            scratch.Take<T>(Slot.NearX, length + Slack), scratch.Take<T>(Slot.NearY, length + Slack), length);
        points.Locate(image, tile, staged);
        return staged;
    }

    private void Clear(T* gradient) => new Span<T>(gradient, Length + Slack).Clear();
}
