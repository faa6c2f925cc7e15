using System.Numerics;
using System.Runtime.CompilerServices;

namespace Stn.Kernels.Points;

/// <summary>Σ g·B over points, with the sums and differences of a <see cref="SplineTable{T}"/>, for lanes of any number.</summary>
/// <param name="orbits">The number of orbits of control points.</param>
internal readonly unsafe struct SplineSums<T, TLanes>(int orbits)
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLanes : struct, ILanes<TLanes, T>
{
    // So many functions are summed over the points at a time: their sums fit the registers.
    private const int Together = 4;
    private const int Panel = SplineTable<float>.Panel;
    private const int Members = LatticeOrbits.Members;

    /// <summary>The sums and differences of the gradients of points and their mirror images, whole panels, 0 behind a row.</summary>
    /// <param name="gradients">What <paramref name="from"/> counts from.</param>
    /// <param name="from">Where they are.</param>
    /// <param name="first">The first row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="to">The sums of the four images; even and odd ones <paramref name="stride"/> apart.</param>
    /// <param name="stride">The distance of two kinds.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fold(T* gradients, in Corners from, int first, int rows, T* to, nint stride)
    {
        for (var row = first; row < first + rows; row++)
        {
            var below = row < from.MirroredRows;
            T* topLeft = gradients + from.TopLeft + (row * from.Left), topRight = gradients + from.TopRight + (row * from.Right);
            T* bottomLeft = gradients + from.BottomLeft - (row * from.Left), bottomRight = gradients + from.BottomRight - (row * from.Right);
            for (var i = 0; i < SplineSums.RoundUp(from.Count); i += TLanes.Count, to += TLanes.Count)
            {
                var (count, mirrored) = (from.Count - i, from.Mirrored - i);
                var (a, b) = (Left(topLeft + i, count), Right(topRight - i, mirrored));
                var (c, d) = below ? (Left(bottomLeft + i, count), Right(bottomRight - i, mirrored)) : default;
                var (top, topOdd, bottom, bottomOdd) = (a + b, a - b, c + d, c - d);
                (top + bottom).Store(to);
                (topOdd + bottomOdd).Store(to + stride);
                (top - bottom).Store(to + (2 * stride));
                (topOdd - bottomOdd).Store(to + (3 * stride));
            }
        }
    }

    /// <summary>sums[f] += Σ B_f·x of one kind of function, even or odd, and those of y <paramref name="ofY"/> sums further.</summary>
    /// <param name="row">The first panel, at that kind's first function.</param>
    /// <param name="pitch">The distance of two rows.</param>
    /// <param name="rows">How many.</param>
    /// <param name="panels">The panels of a row.</param>
    /// <param name="x">The gradients of x, panel by panel.</param>
    /// <param name="y">Those of y.</param>
    /// <param name="sums">A sum for each function of all kinds.</param>
    /// <param name="ofY">Their number.</param>
    public void Dots(T* row, nint pitch, int rows, int panels, T* x, T* y, double* sums, int ofY)
    {
        var orbit = 0;
        for (; orbit <= orbits - Together; orbit += Together)
            DotsOfFour(row + (orbit * Members * Panel), pitch, rows, panels, x, y, sums + (orbit * Members), ofY);
        for (; orbit < orbits; orbit++)
            DotsOfOne(row + (orbit * Members * Panel), pitch, rows, panels, x, y, sums + (orbit * Members), ofY);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DotsOfFour(T* row, nint pitch, int rows, int panels, T* x, T* y, double* sums, int ofY)
    {
        const int Next = Members * Panel;
        TLanes x0 = default, x1 = default, x2 = default, x3 = default;
        TLanes y0 = default, y1 = default, y2 = default, y3 = default;
        for (var r = 0; r < rows; r++, row += pitch)
        {
            var panel = row;
            for (var p = 0; p < panels; p++, panel += orbits * Next)
            {
                for (var i = 0; i < Panel; i += TLanes.Count, x += TLanes.Count, y += TLanes.Count)
                {
                    var at = panel + i;
                    var (byX, byY) = (TLanes.Load(x), TLanes.Load(y));
                    var (b0, b1) = (TLanes.Load(at), TLanes.Load(at + Next));
                    var (b2, b3) = (TLanes.Load(at + (2 * Next)), TLanes.Load(at + (3 * Next)));
                    (x0, x1) = (TLanes.MultiplyAdd(b0, byX, x0), TLanes.MultiplyAdd(b1, byX, x1));
                    (x2, x3) = (TLanes.MultiplyAdd(b2, byX, x2), TLanes.MultiplyAdd(b3, byX, x3));
                    (y0, y1) = (TLanes.MultiplyAdd(b0, byY, y0), TLanes.MultiplyAdd(b1, byY, y1));
                    (y2, y3) = (TLanes.MultiplyAdd(b2, byY, y2), TLanes.MultiplyAdd(b3, byY, y3));
                }
            }
        }

        AddSums(sums, x0, x1, x2, x3);
        AddSums(sums + ofY, y0, y1, y2, y3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DotsOfOne(T* row, nint pitch, int rows, int panels, T* x, T* y, double* sums, int ofY)
    {
        TLanes sumX = default, sumY = default;
        for (var r = 0; r < rows; r++, row += pitch)
        {
            var panel = row;
            for (var p = 0; p < panels; p++, panel += orbits * Members * Panel)
            {
                for (var i = 0; i < Panel; i += TLanes.Count, x += TLanes.Count, y += TLanes.Count)
                {
                    var b = TLanes.Load(panel + i);
                    (sumX, sumY) = (TLanes.MultiplyAdd(b, TLanes.Load(x), sumX), TLanes.MultiplyAdd(b, TLanes.Load(y), sumY));
                }
            }
        }

        sums[0] += double.CreateTruncating(sumX.Sum());
        sums[ofY] += double.CreateTruncating(sumY.Sum());
    }

    private static void AddSums(double* sums, TLanes a, TLanes b, TLanes c, TLanes d)
    {
        sums[0] += double.CreateTruncating(a.Sum());
        sums[Members] += double.CreateTruncating(b.Sum());
        sums[2 * Members] += double.CreateTruncating(c.Sum());
        sums[3 * Members] += double.CreateTruncating(d.Sum());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Left(T* from, int count) => count >= TLanes.Count ? TLanes.Load(from) : count > 0 ? TLanes.LoadFirst(from, count) : default;

    // Ends at a place. Reversed lanes beyond the count come from those that are 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Right(T* end, int count) => count >= TLanes.Count
        ? TLanes.Load(end - TLanes.Count).ReverseFirst(TLanes.Count)
        : count > 0 ? TLanes.LoadFirst(end - count, count).ReverseFirst(count) : default;
}

/// <summary>What <see cref="SplineSums{T, TLanes}"/> of all lanes share.</summary>
internal static class SplineSums
{
    /// <summary><paramref name="count"/> rounded up to whole panels.</summary>
    public static int RoundUp(int count) => (count + SplineTable<float>.Panel - 1) / SplineTable<float>.Panel * SplineTable<float>.Panel;
}
