using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Stn.Kernels;

namespace Stn.Data.Distortions;

/// <summary>The rows of an affine map, in the order of additions of the reference: another rounding could be another byte.</summary>
internal ref struct AffineRows : ISourceRows
{
    private readonly double _shiftX;
    private readonly double _shiftY;
    private readonly double _width;
    private readonly double _height;
    private readonly int _columns;
    private readonly Span<double> _columnsX;
    private readonly Span<double> _columnsY;
    private readonly Span<double> _rowsX;
    private readonly Span<double> _rowsY;
    private readonly InkReach _reachX;
    private readonly InkReach _reachY;
    private double _rowX;
    private double _rowY;

    /// <summary>Multiplies θ with columns and rows, once for all pixels.</summary>
    /// <param name="theta">2×3 numbers, target to source, normalised.</param>
    /// <param name="source">The size of the image.</param>
    /// <param name="ink">Its ink.</param>
    /// <param name="target">The size of the output.</param>
    /// <param name="buffer">Room for <see cref="Room"/> numbers.</param>
    public AffineRows(ReadOnlySpan<double> theta, Plane source, InkBox ink, Plane target, Span<double> buffer)
    {
        (_shiftX, _shiftY) = (theta[2], theta[5]);
        (_width, _height) = (source.Width, source.Height);
        _columns = target.Width;
        var (columns, rows) = (Padded(target.Width), Padded(target.Height));
        _columnsX = buffer[..columns];
        _columnsY = buffer.Slice(columns, columns);
        _rowsX = buffer.Slice(2 * columns, rows);
        _rowsY = buffer.Slice((2 * columns) + rows, rows);
        Multiply(target.Width, theta[0], theta[3], _columnsX, _columnsY);
        Multiply(target.Height, theta[1], theta[4], _rowsX, _rowsY);
        _reachX = new InkReach(theta[0], source.Width, target.Width, ink.Left, ink.Right);
        _reachY = new InkReach(theta[3], source.Height, target.Width, ink.Top, ink.Bottom);
    }

    /// <summary>The numbers that the rows of a target take.</summary>
    public static int Room(Plane target) => 2 * (Padded(target.Width) + Padded(target.Height));

    /// <inheritdoc/>
    public static bool LeavesOut => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int First, int End) Enter(int row)
    {
        (_rowX, _rowY) = (_rowsX[row], _rowsY[row]);
        var (low, high) = (0.0, _columns - 1.0);
        _reachX.Narrow(_rowX + _shiftX, ref low, ref high);
        _reachY.Narrow(_rowY + _shiftY, ref low, ref high);
        // A column to spare on each side, which is far more than any rounding.
        return low <= high ? (Math.Max(0, Whole(low) - 1), Math.Min(_columns, Whole(high) + 3)) : (0, 0);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly (Vector512<double> X, Vector512<double> Y) Eight(int column)
    {
        var sourceX = Load(_columnsX, column) + Vector512.Create(_rowX) + Vector512.Create(_shiftX);
        var sourceY = Load(_columnsY, column) + Vector512.Create(_rowY) + Vector512.Create(_shiftY);
        return (ToPixel(sourceX, _width), ToPixel(sourceY, _height));
    }

    // The products of an axis' normalised pixels with two numbers; Coordinates.OfPixel of AlignCorners.False.
    private static void Multiply(int size, double byX, double byY, Span<double> x, Span<double> y)
    {
        for (var at = 0; at < size; at += Vector512<double>.Count)
        {
            var numerator = Vector512.Create((2.0 * at) + 1) + Vector512.Create(0.0, 2, 4, 6, 8, 10, 12, 14);
            var pixels = (numerator / Vector512.Create((double)size)) - Vector512<double>.One;
            (pixels * Vector512.Create(byX)).CopyTo(x[at..]);
            (pixels * Vector512.Create(byY)).CopyTo(y[at..]);
        }
    }

    private static int Whole(double column) => double.ConvertToIntegerNative<int>(column);

    // A vector may begin at any pixel of an axis.
    private static int Padded(int size) => size + Vector512<double>.Count;

    private static Vector512<double> Load(Span<double> values, int at) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)at);

    // Coordinates.ToPixel of AlignCorners.False.
    private static Vector512<double> ToPixel(Vector512<double> normalised, double size) =>
        (((normalised + Vector512<double>.One) * Vector512.Create(size)) - Vector512<double>.One) * Vector512.Create(0.5);
}
