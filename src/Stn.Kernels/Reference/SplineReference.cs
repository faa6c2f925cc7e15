using System.Numerics;
using Stn.Kernels.Points;

namespace Stn.Kernels.Reference;

/// <summary>The thin-plate spline on a lattice, one point at a time: what <see cref="SplineWarp"/> computes, in its order of operations.</summary>
public static unsafe class SplineReference
{
    /// <summary>Where a point of the target lies in the source, in pixels: equation T = M_θ·B of the paper, for one point.</summary>
    /// <remarks>
    /// A sum over the even and odd sums of each four functions that mirror each other; over the functions themselves, if a weight of
    /// those is not finite: infinities of both signs would meet that have nothing to do with each other.
    /// </remarks>
    /// <param name="table">B.</param>
    /// <param name="theta">θ, (2, K²).</param>
    /// <param name="row">The point's row.</param>
    /// <param name="column">Its column.</param>
    /// <param name="source">H and W.</param>
    /// <param name="align">The convention of the source.</param>
    /// <exception cref="ArgumentException">θ does not hold 2K² numbers.</exception>
    public static (T X, T Y) Locate<T>(SplineTable<T> table, ReadOnlySpan<T> theta, int row, int column, Plane source, AlignCorners align)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(table);
        var count = table.Side * table.Side;
        if (theta.Length != 2 * count)
            throw new ArgumentException($"a lattice of {table.Side}×{table.Side} has {2 * count} parameters, got {theta.Length}", nameof(theta));
        var (x, y) = (new Axis(source.Width, align), new Axis(source.Height, align));
        Span<T> weights = new T[2 * table.Orbits.Functions];
        var member = (row < table.Rows ? 0 : 2) + (column < table.Target.Width - (table.Target.Width / 2) ? 0 : 1);
        bool isFinite;
        fixed (T* of = theta, to = weights)
        {
            isFinite = table.Orbits.Weights(of, x.PixelsPerUnit, member, to, 1)
                & table.Orbits.Weights(of + count, y.PixelsPerUnit, member, to + table.Orbits.Functions, 1);
        }

        if (!isFinite)
            return Plainly(table, theta, row, column, x, y);
        var at = table.At(Math.Min(row, table.Target.Height - 1 - row), Math.Min(column, table.Target.Width - 1 - column));
        return (Sum(table, weights[..table.Orbits.Functions], at, x), Sum(table, weights[table.Orbits.Functions..], at, y));
    }

    private static T Sum<T>(SplineTable<T> table, ReadOnlySpan<T> weights, T* at, Axis axis)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> sums = [T.Zero, T.Zero, T.Zero, T.Zero];
        for (var i = 0; i < weights.Length; i++)
            sums[i % sums.Length] = T.FusedMultiplyAdd(weights[i], at[i * SplineTable<T>.Panel], sums[i % sums.Length]);
        return sums[0] + sums[1] + (sums[2] + sums[3]) + T.CreateTruncating(axis.Middle);
    }

    private static (T X, T Y) Plainly<T>(SplineTable<T> table, ReadOnlySpan<T> theta, int row, int column, Axis x, Axis y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> functions = new T[table.Side * table.Side];
        table.Evaluate(row, column, functions);
        var (sumX, sumY) = (T.Zero, T.Zero);
        for (var k = 0; k < functions.Length; k++)
        {
            sumX = T.FusedMultiplyAdd(theta[k], functions[k], sumX);
            sumY = T.FusedMultiplyAdd(theta[functions.Length + k], functions[k], sumY);
        }

        return (InPixels(sumX, x), InPixels(sumY, y));
    }

    private static T InPixels<T>(T place, Axis axis)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        T.FusedMultiplyAdd(place, T.CreateTruncating(axis.PixelsPerUnit), T.CreateTruncating(axis.Middle));
}
