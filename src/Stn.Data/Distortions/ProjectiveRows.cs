using System.Runtime.Intrinsics;

namespace Stn.Data.Distortions;

/// <summary>The rows of a projective map.</summary>
/// <param name="map">From target to source, in pixels.</param>
/// <param name="width">The target's number of columns.</param>
internal readonly struct ProjectiveRows(Homography map, int width) : ISourceRows
{
    /// <inheritdoc/>
    public (int First, int End) Columns(int row, InkBox ink) => (0, width);

    /// <inheritdoc/>
    public (Vector256<double> X, Vector256<double> Y) Four(int row, int column)
    {
        var columns = Vector256.Create((double)column) + Vector256.Create(0.0, 1, 2, 3);
        var w = Sum(map.G, map.H, map.I, columns, row);
        return (Sum(map.A, map.B, map.C, columns, row) / w, Sum(map.D, map.E, map.F, columns, row) / w);
    }

    private static Vector256<double> Sum(double perColumn, double perRow, double constant, Vector256<double> columns, int row) =>
        (Vector256.Create(perColumn) * columns) + Vector256.Create((perRow * row) + constant);
}
