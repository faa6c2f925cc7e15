using System.Numerics;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Points;

/// <summary>
/// The affine grid, equation (1) of the paper: (x_s, y_s) = θ·(x_t, y_t, 1), and (x_s, y_s, z_s) = θ·(x_t, y_t, z_t, 1).
/// </summary>
/// <remarks>
/// Along a row of the target only x_t changes, so each source coordinate is a line: one multiply-add a point, with slope
/// and offset from float64. The gradient of θ needs of each row Σ g and Σ g·i alone.
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

    public void Locate(int image, in Tile tile, in Staged<T> staged)
    {
        var first = T.CreateTruncating(tile.X - targetX.Middle);
        for (var axis = 0; axis < dimensions; axis++)
        {
            var row = theta + (image * Sums) + (axis * (dimensions + 1));
            var positions = Position(staged, axis);
            var to = SourceAxis(axis);
            var slope = T.CreateTruncating(to.PixelsPerUnit * targetX.UnitsPerPixel * double.CreateTruncating(row[0]));
            for (var z = 0; z < tile.Depth; z++)
            {
                for (var y = 0; y < tile.Rows; y++)
                {
                    var offset = to.Middle + (to.PixelsPerUnit * Offset(row, tile, z, y));
                    Simd.Line(
                        positions + (z * tile.SlicePitch) + (y * tile.RowPitch), tile.Columns, slope, first, T.CreateTruncating(offset));
                }
            }
        }
    }

    public void Reduce(int image, in Tile tile, in Staged<T> staged, double* sums)
    {
        var first = T.CreateTruncating(tile.X - targetX.Middle);
        for (var axis = 0; axis < dimensions; axis++)
        {
            var gradients = Gradient(staged, axis);
            var scale = SourceAxis(axis).PixelsPerUnit;
            var row = sums + (axis * (dimensions + 1));
            for (var z = 0; z < tile.Depth; z++)
            {
                for (var y = 0; y < tile.Rows; y++)
                {
                    var (sum, moment) = Simd.Moments(
                        gradients + (z * tile.SlicePitch) + (y * tile.RowPitch), tile.Columns, first);
                    row[0] += scale * targetX.UnitsPerPixel * moment;
                    row[1] += scale * targetY.Normalised(tile.Y + y) * sum;
                    if (dimensions == 3)
                        row[2] += scale * targetZ.Normalised(tile.Z + z) * sum;
                    row[dimensions] += scale * sum;
                }
            }
        }
    }

    // θ·(0, y_t, z_t, 1) of one row of the target.
    private double Offset(T* row, in Tile tile, int z, int y)
    {
        var offset = (double.CreateTruncating(row[1]) * targetY.Normalised(tile.Y + y)) + double.CreateTruncating(row[dimensions]);
        return dimensions == 3 ? offset + (double.CreateTruncating(row[2]) * targetZ.Normalised(tile.Z + z)) : offset;
    }

    private Axis SourceAxis(int axis) => new(axis switch { 0 => source.Width, 1 => source.Height, _ => source.Depth }, align);

    private static T* Position(in Staged<T> staged, int axis) => axis switch { 0 => staged.X, 1 => staged.Y, _ => staged.Z };

    private static T* Gradient(in Staged<T> staged, int axis) =>
        axis switch { 0 => staged.GradientX, 1 => staged.GradientY, _ => staged.GradientZ };
}
