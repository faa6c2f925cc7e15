using System.Runtime.Intrinsics;
using Stn.Kernels;

namespace Stn.Data.Distortions;

/// <summary>The rows of an affine map, in the order of additions of the reference: another rounding could be another byte.</summary>
internal readonly ref struct AffineRows : ISourceRows
{
    private readonly ReadOnlySpan<double> _theta;
    private readonly Plane _source;
    private readonly Plane _target;
    private readonly Span<double> _columnsX;
    private readonly Span<double> _columnsY;

    /// <summary>Multiplies θ with the columns, once for all rows.</summary>
    /// <param name="theta">2×3 numbers, target to source, normalised.</param>
    /// <param name="source">The size of the image.</param>
    /// <param name="target">The size of the output.</param>
    /// <param name="columns">Room for two numbers for each column and four more of each.</param>
    public AffineRows(ReadOnlySpan<double> theta, Plane source, Plane target, Span<double> columns)
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
    }

    /// <inheritdoc/>
    public (int First, int End) Columns(int row, InkBox ink) => ink.Columns(_theta, Y(row), _source, _target.Width);

    /// <inheritdoc/>
    public (Vector256<double> X, Vector256<double> Y) Four(int row, int column)
    {
        var y = Y(row);
        var sourceX = Load(_columnsX, column) + Vector256.Create(_theta[1] * y) + Vector256.Create(_theta[2]);
        var sourceY = Load(_columnsY, column) + Vector256.Create(_theta[4] * y) + Vector256.Create(_theta[5]);
        return (ToPixel(sourceX, _source.Width), ToPixel(sourceY, _source.Height));
    }

    private double Y(int row) => Coordinates.OfPixel<double>(row, _target.Height, AlignCorners.False);

    private static Vector256<double> Load(ReadOnlySpan<double> values, int at) => Vector256.Create(values.Slice(at, Vector256<double>.Count));

    // Coordinates.ToPixel of AlignCorners.False.
    private static Vector256<double> ToPixel(Vector256<double> normalised, int size) =>
        (((normalised + Vector256<double>.One) * Vector256.Create((double)size)) - Vector256<double>.One) * Vector256.Create(0.5);
}
