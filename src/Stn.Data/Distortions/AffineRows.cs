using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Stn.Kernels;

namespace Stn.Data.Distortions;

/// <summary>The rows of an affine map, in the order of additions of the reference: another rounding could be another byte.</summary>
internal ref struct AffineRows : ISourceRows
{
    private readonly ReadOnlySpan<double> _theta;
    private readonly Plane _source;
    private readonly Plane _target;
    private readonly Span<double> _columnsX;
    private readonly Span<double> _columnsY;
    private readonly InkReach _reachX;
    private readonly InkReach _reachY;
    private Vector256<double> _rowX;
    private Vector256<double> _rowY;

    /// <summary>Multiplies θ with the columns, once for all rows.</summary>
    /// <param name="theta">2×3 numbers, target to source, normalised.</param>
    /// <param name="source">The size of the image.</param>
    /// <param name="ink">Its ink.</param>
    /// <param name="target">The size of the output.</param>
    /// <param name="columns">Room for two numbers for each column and four more of each.</param>
    public AffineRows(ReadOnlySpan<double> theta, Plane source, InkBox ink, Plane target, Span<double> columns)
    {
        _theta = theta;
        (_source, _target) = (source, target);
        _columnsX = columns[..(columns.Length / 2)];
        _columnsY = columns[(columns.Length / 2)..];
        for (var column = 0; column < _columnsX.Length; column++)
        {
            var x = Coordinates.OfPixel<double>(column, target.Width, AlignCorners.False);
            (_columnsX[column], _columnsY[column]) = (theta[0] * x, theta[3] * x);
        }

        _reachX = new InkReach(theta[0], source.Width, target.Width, ink.Left, ink.Right);
        _reachY = new InkReach(theta[3], source.Height, target.Width, ink.Top, ink.Bottom);
    }

    /// <inheritdoc/>
    public (int First, int End) Enter(int row)
    {
        var y = Coordinates.OfPixel<double>(row, _target.Height, AlignCorners.False);
        var (rowX, rowY) = (_theta[1] * y, _theta[4] * y);
        (_rowX, _rowY) = (Vector256.Create(rowX), Vector256.Create(rowY));
        var (low, high) = (0.0, _target.Width - 1.0);
        _reachX.Narrow(rowX + _theta[2], ref low, ref high);
        _reachY.Narrow(rowY + _theta[5], ref low, ref high);
        // A column to spare on each side, which is far more than any rounding.
        return low <= high ? (Math.Max(0, (int)low - 1), Math.Min(_target.Width, (int)high + 3)) : (0, 0);
    }

    /// <inheritdoc/>
    public readonly (Vector256<double> X, Vector256<double> Y) Four(int column)
    {
        var sourceX = Load(_columnsX, column) + _rowX + Vector256.Create(_theta[2]);
        var sourceY = Load(_columnsY, column) + _rowY + Vector256.Create(_theta[5]);
        return (ToPixel(sourceX, _source.Width), ToPixel(sourceY, _source.Height));
    }

    private static Vector256<double> Load(Span<double> values, int at) =>
        Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)at);

    // Coordinates.ToPixel of AlignCorners.False.
    private static Vector256<double> ToPixel(Vector256<double> normalised, int size) =>
        (((normalised + Vector256<double>.One) * Vector256.Create((double)size)) - Vector256<double>.One) * Vector256.Create(0.5);
}
