using System.Runtime.Intrinsics;

namespace Stn.Data.Distortions;

/// <summary>The rows of a projective map.</summary>
/// <param name="map">From target to source, in pixels.</param>
/// <param name="width">The target's number of columns.</param>
internal struct ProjectiveRows(Homography map, int width) : ISourceRows
{
    private int _row;

    /// <inheritdoc/>
    public (int First, int End) Enter(int row)
    {
        _row = row;
        return (0, width);
    }

    /// <inheritdoc/>
    public readonly (Vector256<double> X, Vector256<double> Y) Four(int column)
    {
        var columns = Vector256.Create((double)column) + Vector256.Create(0.0, 1, 2, 3);
        var w = Sum(map.G, map.H, map.I, columns);
        return (Sum(map.A, map.B, map.C, columns) / w, Sum(map.D, map.E, map.F, columns) / w);
    }

    private readonly Vector256<double> Sum(double perColumn, double perRow, double constant, Vector256<double> columns) =>
        (Vector256.Create(perColumn) * columns) + Vector256.Create((perRow * _row) + constant);
}
