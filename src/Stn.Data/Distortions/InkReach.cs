using Stn.Kernels;

namespace Stn.Data.Distortions;

/// <summary>Which columns of a target row may see ink under an affine map, along one axis of the source.</summary>
internal readonly struct InkReach
{
    // A nearly constant coordinate says nothing reliable about columns: all are kept, the sampler decides.
    private const double Flat = 1e-6;

    private readonly double _perColumn;
    private readonly double _start;
    private readonly double _perOrigin;
    private readonly (double First, double Last) _ink;

    /// <summary>Prepares what is the same for all rows.</summary>
    /// <param name="slope">The source coordinate's change with the target's x, both normalised with <see cref="AlignCorners.False"/>.</param>
    /// <param name="size">The source's pixels along the axis.</param>
    /// <param name="width">The number of target columns.</param>
    /// <param name="first">The first source pixel with ink along the axis.</param>
    /// <param name="last">The last.</param>
    public InkReach(double slope, int size, int width, int first, int last)
    {
        // The source pixel of column c is perColumn·c + start + perOrigin·origin.
        _perColumn = slope * size / width;
        _start = (((slope * ((1.0 / width) - 1)) + 1) * size / 2) - 0.5;
        _perOrigin = size / 2.0;
        _ink = (first - 1, last + 1);
    }

    /// <summary>Keeps of the columns from <paramref name="low"/> to <paramref name="high"/> those that come within a pixel of the ink.</summary>
    /// <param name="origin">The normalised source coordinate of this row at x = 0.</param>
    /// <param name="low">The first column, raised.</param>
    /// <param name="high">The last column, lowered.</param>
    public void Narrow(double origin, ref double low, ref double high)
    {
        if (Math.Abs(_perColumn) < Flat)
            return;

        var start = _start + (_perOrigin * origin);
        var (a, b) = ((_ink.First - start) / _perColumn, (_ink.Last - start) / _perColumn);
        (low, high) = (Math.Max(low, Math.Min(a, b)), Math.Min(high, Math.Max(a, b)));
    }
}
