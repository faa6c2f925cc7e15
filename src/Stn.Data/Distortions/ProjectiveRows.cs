using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Stn.Data.Distortions;

/// <summary>The rows of a projective map.</summary>
/// <param name="map">From target to source, in pixels.</param>
/// <param name="width">The target's number of columns.</param>
internal struct ProjectiveRows(Homography map, int width) : ISourceRows
{
    private int _row;

    /// <inheritdoc/>
    public static bool LeavesOut => false;

    /// <inheritdoc/>
    public (int First, int End) Enter(int row)
    {
        _row = row;
        return (0, width);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly (Vector512<double> X, Vector512<double> Y) Eight(int column)
    {
        var columns = Vector512.Create((double)column) + Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7);
        var w = Sum(map.G, map.H, map.I, columns);
        return (Sum(map.A, map.B, map.C, columns) / w, Sum(map.D, map.E, map.F, columns) / w);
    }

    private readonly Vector512<double> Sum(double perColumn, double perRow, double constant, Vector512<double> columns) =>
        (Vector512.Create(perColumn) * columns) + Vector512.Create((perRow * _row) + constant);
}
