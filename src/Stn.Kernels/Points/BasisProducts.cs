using System.Numerics;
using System.Runtime.CompilerServices;

namespace Stn.Kernels.Points;

/// <summary>The two products of M_θ·B over the panels of a <see cref="PackedBasis"/>, for lanes of any number.</summary>
/// <param name="functions">K.</param>
internal readonly unsafe struct BasisProducts<T, TLanes>(int functions)
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLanes : struct, ILanes<TLanes, T>
{
    // So many functions are summed over the points at a time: their sums fit the registers.
    private const int Together = 4;

    /// <summary>x = middle + scale·Σ_k θ_k·B_k, and y with the next K weights; four vectors of points a turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Combine(T* panel, int panels, T* theta, T* x, T* y, (T Scale, T Middle) ofX, (T Scale, T Middle) ofY)
    {
        var (scaleX, middleX) = (TLanes.All(ofX.Scale), TLanes.All(ofX.Middle));
        var (scaleY, middleY) = (TLanes.All(ofY.Scale), TLanes.All(ofY.Middle));
        for (var p = 0; p < panels; p++, panel += functions * PackedBasis.Panel)
        {
            for (var i = 0; i < PackedBasis.Panel; i += 4 * TLanes.Count, x += 4 * TLanes.Count, y += 4 * TLanes.Count)
            {
                TLanes x0 = default, x1 = default, x2 = default, x3 = default;
                TLanes y0 = default, y1 = default, y2 = default, y3 = default;
                var at = panel + i;
                for (var k = 0; k < functions; k++, at += PackedBasis.Panel)
                {
                    var (toX, toY) = (TLanes.All(theta[k]), TLanes.All(theta[functions + k]));
                    var (b0, b1) = (TLanes.Load(at), TLanes.Load(at + TLanes.Count));
                    var (b2, b3) = (TLanes.Load(at + (2 * TLanes.Count)), TLanes.Load(at + (3 * TLanes.Count)));
                    (x0, x1) = (TLanes.MultiplyAdd(toX, b0, x0), TLanes.MultiplyAdd(toX, b1, x1));
                    (x2, x3) = (TLanes.MultiplyAdd(toX, b2, x2), TLanes.MultiplyAdd(toX, b3, x3));
                    (y0, y1) = (TLanes.MultiplyAdd(toY, b0, y0), TLanes.MultiplyAdd(toY, b1, y1));
                    (y2, y3) = (TLanes.MultiplyAdd(toY, b2, y2), TLanes.MultiplyAdd(toY, b3, y3));
                }

                Store(x, scaleX, middleX, x0, x1, x2, x3);
                Store(y, scaleY, middleY, y0, y1, y2, y3);
            }
        }
    }

    /// <summary>sums[k] += scaleX·Σ B_k·x, and those of y K sums further.</summary>
    public void Dots(T* panel, int panels, T* x, T* y, double scaleX, double scaleY, double* sums)
    {
        var k = 0;
        for (; k <= functions - Together; k += Together)
            DotsOfFour(panel + (k * PackedBasis.Panel), panels, x, y, scaleX, scaleY, sums + k);
        for (; k < functions; k++)
            DotsOfOne(panel + (k * PackedBasis.Panel), panels, x, y, scaleX, scaleY, sums + k);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DotsOfFour(T* panel, int panels, T* x, T* y, double scaleX, double scaleY, double* sums)
    {
        TLanes x0 = default, x1 = default, x2 = default, x3 = default;
        TLanes y0 = default, y1 = default, y2 = default, y3 = default;
        for (var p = 0; p < panels; p++, panel += functions * PackedBasis.Panel)
        {
            for (var i = 0; i < PackedBasis.Panel; i += TLanes.Count, x += TLanes.Count, y += TLanes.Count)
            {
                var at = panel + i;
                var (byX, byY) = (TLanes.Load(x), TLanes.Load(y));
                var (b0, b1) = (TLanes.Load(at), TLanes.Load(at + PackedBasis.Panel));
                var (b2, b3) = (TLanes.Load(at + (2 * PackedBasis.Panel)), TLanes.Load(at + (3 * PackedBasis.Panel)));
                (x0, x1) = (TLanes.MultiplyAdd(b0, byX, x0), TLanes.MultiplyAdd(b1, byX, x1));
                (x2, x3) = (TLanes.MultiplyAdd(b2, byX, x2), TLanes.MultiplyAdd(b3, byX, x3));
                (y0, y1) = (TLanes.MultiplyAdd(b0, byY, y0), TLanes.MultiplyAdd(b1, byY, y1));
                (y2, y3) = (TLanes.MultiplyAdd(b2, byY, y2), TLanes.MultiplyAdd(b3, byY, y3));
            }
        }

        AddSums(sums, scaleX, x0, x1, x2, x3);
        AddSums(sums + functions, scaleY, y0, y1, y2, y3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DotsOfOne(T* panel, int panels, T* x, T* y, double scaleX, double scaleY, double* sums)
    {
        TLanes sumX = default, sumY = default;
        for (var p = 0; p < panels; p++, panel += functions * PackedBasis.Panel)
        {
            for (var i = 0; i < PackedBasis.Panel; i += TLanes.Count, x += TLanes.Count, y += TLanes.Count)
            {
                var b = TLanes.Load(panel + i);
                (sumX, sumY) = (TLanes.MultiplyAdd(b, TLanes.Load(x), sumX), TLanes.MultiplyAdd(b, TLanes.Load(y), sumY));
            }
        }

        sums[0] += scaleX * double.CreateTruncating(sumX.Sum());
        sums[functions] += scaleY * double.CreateTruncating(sumY.Sum());
    }

    private static void AddSums(double* sums, double scale, TLanes a, TLanes b, TLanes c, TLanes d)
    {
        sums[0] += scale * double.CreateTruncating(a.Sum());
        sums[1] += scale * double.CreateTruncating(b.Sum());
        sums[2] += scale * double.CreateTruncating(c.Sum());
        sums[3] += scale * double.CreateTruncating(d.Sum());
    }

    // place[0…] = middle + scale·sum, four vectors.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(T* place, TLanes scale, TLanes middle, TLanes a, TLanes b, TLanes c, TLanes d)
    {
        TLanes.MultiplyAdd(a, scale, middle).Store(place);
        TLanes.MultiplyAdd(b, scale, middle).Store(place + TLanes.Count);
        TLanes.MultiplyAdd(c, scale, middle).Store(place + (2 * TLanes.Count));
        TLanes.MultiplyAdd(d, scale, middle).Store(place + (3 * TLanes.Count));
    }
}
