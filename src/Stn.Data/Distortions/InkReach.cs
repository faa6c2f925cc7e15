using System.Runtime.CompilerServices;
using Stn.Kernels;

namespace Stn.Data.Distortions;

/// <summary>Which columns of a target row may see ink under an affine map, along one axis of the source.</summary>
internal readonly struct InkReach
{
    // A nearly constant coordinate says nothing reliable about columns: all are kept, the sampler decides.
    private const double Flat = 1e-6;

    private readonly bool _isFlat;
    private readonly double _perOrigin;
    private readonly (double Low, double High) _columns;

    /// <summary>Prepares what is the same for all rows.</summary>
    /// <param name="slope">The source coordinate's change with the target's x, both normalised with <see cref="AlignCorners.False"/>.</param>
    /// <param name="size">The source's pixels along the axis.</param>
    /// <param name="width">The number of target columns.</param>
    /// <param name="first">The first source pixel with ink along the axis.</param>
    /// <param name="last">The last.</param>
    public InkReach(double slope, int size, int width, int first, int last)
    {
        // The source pixel of column c is perColumn·c + start + size/2·origin: this is solved for c, with origin 0.
        var perColumn = slope * size / width;
        var start = (((slope * ((1.0 / width) - 1)) + 1) * size / 2) - 0.5;
        _isFlat = Math.Abs(perColumn) < Flat;
        _perOrigin = size / 2.0 / perColumn;
        var (a, b) = ((first - 1 - start) / perColumn, (last + 1 - start) / perColumn);
        _columns = (Math.Min(a, b), Math.Max(a, b));
    }

    /// <summary>Keeps of the columns from <paramref name="low"/> to <paramref name="high"/> those that come within a pixel of the ink.</summary>
    /// <param name="origin">The normalised source coordinate of this row at x = 0.</param>
    /// <param name="low">The first column, raised.</param>
    /// <param name="high">The last column, lowered.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Narrow(double origin, ref double low, ref double high)
    {
        if (_isFlat)
            return;

        var shift = _perOrigin * origin;
        (low, high) = (double.MaxNative(low, _columns.Low - shift), double.MinNative(high, _columns.High - shift));
    }
}
