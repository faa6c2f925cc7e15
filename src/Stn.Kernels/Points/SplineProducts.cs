using System.Numerics;
using System.Runtime.CompilerServices;

namespace Stn.Kernels.Points;

/// <summary>Where a point of a quarter of the target and its mirror images are staged.</summary>
/// <param name="Count">The columns of the quarter, or of a part of it.</param>
/// <param name="Mirrored">Those that have a mirror image to the right: all, or all but the last.</param>
/// <param name="Rows">The rows.</param>
/// <param name="MirroredRows">Those that have a mirror image below: all, or all but the last.</param>
/// <param name="TopLeft">The first point.</param>
/// <param name="TopRight">Behind its mirror image in the same row.</param>
/// <param name="BottomLeft">Its mirror image in the same column.</param>
/// <param name="BottomRight">Behind the image opposite.</param>
/// <param name="Left">The distance of two rows on the left; below, it leads upwards.</param>
/// <param name="Right">The same on the right.</param>
internal readonly record struct Corners(
    int Count, int Mirrored, int Rows, int MirroredRows, nint TopLeft, nint TopRight, nint BottomLeft, nint BottomRight, nint Left, nint Right);

/// <summary>Σ_k θ_k·B_k from the sums and differences of a <see cref="SplineTable{T}"/>, for lanes of any number.</summary>
/// <param name="orbits">The number of orbits of control points.</param>
internal readonly unsafe struct SplineProducts<T, TLanes>(int orbits)
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLanes : struct, ILanes<TLanes, T>
{
    private const int Panel = SplineTable<float>.Panel;
    private const int Members = LatticeOrbits.Members;

    // A row that is read alone goes on where it lies.
    private const int Ahead = 2048;

    /// <summary>The pixel positions of the points of a part of the quarter and of all their mirror images.</summary>
    /// <param name="row">The part's first value in the table.</param>
    /// <param name="pitch">The distance of two rows.</param>
    /// <param name="weights">The weights of each function: of x, of y.</param>
    /// <param name="x">What <paramref name="to"/> counts from.</param>
    /// <param name="y">The same for y.</param>
    /// <param name="to">Where the positions go.</param>
    /// <param name="middleX">The position of normalised 0.</param>
    /// <param name="middleY">The same for y.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void LocateAll(T* row, nint pitch, T* weights, T* x, T* y, in Corners to, T middleX, T middleY)
    {
        var next = (nint)orbits * Members * Panel;
        for (var r = 0; r < to.Rows; r++, row += pitch)
        {
            var panel = row;
            var first = 0;
            for (; TLanes.Count == Panel && first < to.Count - Panel; first += 2 * Panel, panel += 2 * next)
            {
                SumsOfTwo(
                    panel, panel + next, weights, pitch, out var x0, out var x1, out var x2, out var x3, out var y0, out var y1, out var y2,
                    out var y3, out var p0, out var p1, out var p2, out var p3, out var q0, out var q1, out var q2, out var q3);
                Put(to, r, first, x, x0, x1, x2, x3, middleX);
                Put(to, r, first, y, y0, y1, y2, y3, middleY);
                Put(to, r, first + Panel, x, p0, p1, p2, p3, middleX);
                Put(to, r, first + Panel, y, q0, q1, q2, q3, middleY);
            }

            for (; first < to.Count; panel += next)
            {
                for (var i = 0; i < Panel && first < to.Count; i += TLanes.Count, first += TLanes.Count)
                {
                    Sums(panel + i, weights, pitch, out var x0, out var x1, out var x2, out var x3, out var y0, out var y1, out var y2, out var y3);
                    Put(to, r, first, x, x0, x1, x2, x3, middleX);
                    Put(to, r, first, y, y0, y1, y2, y3, middleY);
                }
            }
        }
    }

    /// <summary>The pixel positions of one mirror image, whose signs the weights have, in the order of the quarter.</summary>
    /// <param name="panel">The first panel of a row.</param>
    /// <param name="panels">How many.</param>
    /// <param name="weights">The weights of each function: of x, of y.</param>
    /// <param name="x">x, whole panels.</param>
    /// <param name="y">y, likewise.</param>
    /// <param name="middleX">The position of normalised 0.</param>
    /// <param name="middleY">The same for y.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void LocateRow(T* panel, int panels, T* weights, T* x, T* y, T middleX, T middleY)
    {
        var (atX, atY) = (TLanes.All(middleX), TLanes.All(middleY));
        for (var p = 0; p < panels; p++, panel += orbits * Members * Panel)
        {
            for (var i = 0; i < Panel; i += TLanes.Count, x += TLanes.Count, y += TLanes.Count)
            {
                Sums(panel + i, weights, Ahead, out var x0, out var x1, out var x2, out var x3, out var y0, out var y1, out var y2, out var y3);
                (x0 + x1 + (x2 + x3) + atX).Store(x);
                (y0 + y1 + (y2 + y3) + atY).Store(y);
            }
        }
    }

    // The sums over functions that are even both ways (0), odd along x (1), along y (2) and both ways (3); what lies so far ahead is fetched.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Sums(
        T* at, T* weight, nint ahead, out TLanes x0, out TLanes x1, out TLanes x2, out TLanes x3, out TLanes y0, out TLanes y1,
        out TLanes y2, out TLanes y3)
    {
        TLanes ax = default, bx = default, cx = default, dx = default, ay = default, by = default, cy = default, dy = default;
        for (var orbit = 0; orbit < orbits; orbit++, at += Members * Panel, weight += 2 * Members)
        {
            var (a, b, c, d) = (TLanes.Load(at), TLanes.Load(at + Panel), TLanes.Load(at + (2 * Panel)), TLanes.Load(at + (3 * Panel)));
            if (TLanes.Count > 1)
                Simd.PrefetchRow((float*)(at + ahead), Members * Panel);
            (ax, ay) = (TLanes.MultiplyAdd(TLanes.All(weight[0]), a, ax), TLanes.MultiplyAdd(TLanes.All(weight[1]), a, ay));
            (bx, by) = (TLanes.MultiplyAdd(TLanes.All(weight[2]), b, bx), TLanes.MultiplyAdd(TLanes.All(weight[3]), b, by));
            (cx, cy) = (TLanes.MultiplyAdd(TLanes.All(weight[4]), c, cx), TLanes.MultiplyAdd(TLanes.All(weight[5]), c, cy));
            (dx, dy) = (TLanes.MultiplyAdd(TLanes.All(weight[6]), d, dx), TLanes.MultiplyAdd(TLanes.All(weight[7]), d, dy));
        }

        (x0, x1, x2, x3) = (ax, bx, cx, dx);
        (y0, y1, y2, y3) = (ay, by, cy, dy);
    }

    // The same for two panels, which share the weights' loads: half of all there are.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SumsOfTwo(
        T* at, T* beside, T* weight, nint ahead, out TLanes x0, out TLanes x1, out TLanes x2, out TLanes x3, out TLanes y0, out TLanes y1,
        out TLanes y2, out TLanes y3, out TLanes p0, out TLanes p1, out TLanes p2, out TLanes p3, out TLanes q0, out TLanes q1, out TLanes q2,
        out TLanes q3)
    {
        TLanes ax = default, bx = default, cx = default, dx = default, ay = default, by = default, cy = default, dy = default;
        TLanes ap = default, bp = default, cp = default, dp = default, aq = default, bq = default, cq = default, dq = default;
        for (var orbit = 0; orbit < orbits; orbit++, at += Members * Panel, beside += Members * Panel, weight += 2 * Members)
        {
            Simd.PrefetchRow((float*)(at + ahead), Members * Panel);
            Simd.PrefetchRow((float*)(beside + ahead), Members * Panel);
            Add(at, beside, weight, ref ax, ref ay, ref ap, ref aq);
            Add(at + Panel, beside + Panel, weight + 2, ref bx, ref by, ref bp, ref bq);
            Add(at + (2 * Panel), beside + (2 * Panel), weight + 4, ref cx, ref cy, ref cp, ref cq);
            Add(at + (3 * Panel), beside + (3 * Panel), weight + 6, ref dx, ref dy, ref dp, ref dq);
        }

        (x0, x1, x2, x3) = (ax, bx, cx, dx);
        (y0, y1, y2, y3) = (ay, by, cy, dy);
        (p0, p1, p2, p3) = (ap, bp, cp, dp);
        (q0, q1, q2, q3) = (aq, bq, cq, dq);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(T* at, T* beside, T* weight, ref TLanes x, ref TLanes y, ref TLanes p, ref TLanes q)
    {
        var (ofX, ofY) = (TLanes.All(weight[0]), TLanes.All(weight[1]));
        var (here, there) = (TLanes.Load(at), TLanes.Load(beside));
        (x, y) = (TLanes.MultiplyAdd(ofX, here, x), TLanes.MultiplyAdd(ofY, here, y));
        (p, q) = (TLanes.MultiplyAdd(ofX, there, p), TLanes.MultiplyAdd(ofY, there, q));
    }

    // One coordinate of the points from a column on, and of their mirror images, from the sums of the four kinds.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(in Corners to, int row, int first, T* positions, TLanes even, TLanes oddX, TLanes oddY, TLanes odd, T middle)
    {
        var at = TLanes.All(middle);
        var (left, right, leftOdd, rightOdd) = (even + oddX, even - oddX, oddY + odd, oddY - odd);
        var (count, mirrored) = (to.Count - first, to.Mirrored - first);
        Left(left + leftOdd + at, positions + to.TopLeft + (row * to.Left) + first, count);
        Right(right + rightOdd + at, positions + to.TopRight + (row * to.Right) - first, mirrored);
        if (row >= to.MirroredRows)
            return;
        Left(left - leftOdd + at, positions + to.BottomLeft - (row * to.Left) + first, count);
        Right(right - rightOdd + at, positions + to.BottomRight - (row * to.Right) - first, mirrored);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Left(TLanes value, T* to, int count)
    {
        if (count >= TLanes.Count)
            value.Store(to);
        else
            value.StoreFirst(to, count);
    }

    // Ends at a place.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Right(TLanes value, T* end, int count)
    {
        if (count >= TLanes.Count)
            value.ReverseFirst(TLanes.Count).Store(end - TLanes.Count);
        else if (count > 0)
            value.ReverseFirst(count).StoreFirst(end - count, count);
    }
}
