using System.Numerics;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Points;

/// <summary>
/// The affine grid, equation (1) of the paper: (x_s, y_s) = θ·(x_t, y_t, 1), and (x_s, y_s, z_s) = θ·(x_t, y_t, z_t, 1).
/// </summary>
/// <remarks>
/// Along a row of the target only x_t changes, so each source coordinate is a line: one multiply-add a point, with slope
/// and offset from float64. The gradient of θ needs the moments of a slice's gradients alone.
/// </remarks>
internal readonly unsafe struct AffinePoints<T>(T* theta, Volume source, Volume target, AlignCorners align, int dimensions)
    : IPoints<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Axis targetX = new(target.Width, align);
    private readonly Axis targetY = new(target.Height, align);
    private readonly Axis targetZ = new(target.Depth, align);

    public int Dimensions => dimensions;

    public int Sums => dimensions * (dimensions + 1);

    // Rounding keeps the order: a product and a sum with the same other operand are rounded once each.
    public bool EndsAtCorners => true;

    public (int Start, int Length) Room(in Tile tile) => (0, tile.StagedLength);

    public void Locate(int image, in Tile tile, in Staged<T> staged)
    {
        for (var axis = 0; axis < dimensions; axis++)
        {
            var positions = Position(staged, axis);
            for (var slice = 0; slice < tile.Depth; slice++)
            {
                var lines = LinesOf(image, axis, tile, slice);
                Simd.Lines(positions + (slice * tile.SlicePitch), tile.Rows, tile.RowPitch, tile.Columns, lines);
            }
        }
    }

    /// <summary>One coordinate, x, y or z, of the points of one slice of a tile.</summary>
    public RowLines<T> LinesOf(int image, int axis, in Tile tile, int slice)
    {
        var row = theta + (image * Sums) + (axis * (dimensions + 1));
        var to = SourceAxis(axis);
        var perColumn = to.PixelsPerUnit * targetX.UnitsPerPixel * double.CreateTruncating(row[0]);
        var perRow = to.PixelsPerUnit * targetY.UnitsPerPixel * double.CreateTruncating(row[1]);
        var offset = to.Middle + (to.PixelsPerUnit * Offset(row, tile.Z + slice)) + (perRow * (tile.Y - targetY.Middle));
        return new RowLines<T>(T.CreateTruncating(perColumn), FirstColumn(tile), offset, perRow);
    }

    public void Reduce(int image, in Tile tile, in Staged<T> staged, double* sums)
    {
        for (var axis = 0; axis < dimensions; axis++)
        {
            var gradients = Gradient(staged, axis);
            for (var slice = 0; slice < tile.Depth; slice++)
            {
                var moments = Simd.Moments(
                    gradients + (slice * tile.SlicePitch), tile.Rows, tile.RowPitch, tile.Columns, FirstColumn(tile), FirstRow(tile));
                Add(moments, axis, tile, slice, sums);
            }
        }
    }

    /// <summary>Adds the moments of one slice's gradients along an axis of the source to the gradient of that axis' row of θ.</summary>
    /// <param name="moments">Σg, Σg·column and Σg·row, both from the middle of the target.</param>
    /// <param name="axis">x, y or z.</param>
    /// <param name="tile">The tile.</param>
    /// <param name="slice">Its slice.</param>
    /// <param name="sums">The gradient.</param>
    public void Add((double Sum, double X, double Y) moments, int axis, in Tile tile, int slice, double* sums)
    {
        var scale = SourceAxis(axis).PixelsPerUnit;
        var row = sums + (axis * (dimensions + 1));
        row[0] += scale * targetX.UnitsPerPixel * moments.X;
        row[1] += scale * targetY.UnitsPerPixel * moments.Y;
        if (dimensions == 3)
            row[2] += scale * targetZ.Normalised(tile.Z + slice) * moments.Sum;
        row[dimensions] += scale * moments.Sum;
    }

    /// <summary>The first row of a tile, from the middle of the target.</summary>
    public double FirstRow(in Tile tile) => tile.Y - targetY.Middle;

    private T FirstColumn(in Tile tile) => T.CreateTruncating(tile.X - targetX.Middle);

    // θ·(0, 0, z_t, 1) of one slice of the target.
    private double Offset(T* row, int z)
    {
        var offset = double.CreateTruncating(row[dimensions]);
        return dimensions == 3 ? offset + (double.CreateTruncating(row[2]) * targetZ.Normalised(z)) : offset;
    }

    private Axis SourceAxis(int axis) => new(axis switch { 0 => source.Width, 1 => source.Height, _ => source.Depth }, align);

    private static T* Position(in Staged<T> staged, int axis) => axis switch { 0 => staged.X, 1 => staged.Y, _ => staged.Z };

    private static T* Gradient(in Staged<T> staged, int axis) =>
        axis switch { 0 => staged.GradientX, 1 => staged.GradientY, _ => staged.GradientZ };
}
