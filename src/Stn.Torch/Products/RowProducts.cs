using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Stn.Torch.Products;

/// <summary>Products of small matrices with long or small ones, for AVX-512: sixteen vectors of sums stay in registers.</summary>
internal static unsafe class RowProducts
{
    /// <summary>Rows that are computed at once.</summary>
    internal const int Rows = 8;

    /// <summary>The width of a strip is a multiple of it.</summary>
    internal const int Columns = 2 * Lanes;

    private const int Lanes = 16;

    /// <summary>sums[image·outputs + output] = Σ x[image][k]·w[output][k].</summary>
    /// <param name="x">The first number of the first image.</param>
    /// <param name="w">That of the first output.</param>
    /// <param name="stride">Numbers from one image, or output, to the next.</param>
    /// <param name="length">How many k there are.</param>
    /// <param name="images">How many rows x has.</param>
    /// <param name="outputs">How many w has: a multiple of <see cref="Rows"/>.</param>
    /// <param name="sums">(images, outputs).</param>
    internal static void Dot(float* x, float* w, nint stride, int length, int images, int outputs, float* sums)
    {
        var last = stackalloc float[Rows];
        for (var output = 0; output < outputs; output += Rows)
        {
            var rows = w + (output * stride);
            for (var image = 0; image < images; image += 2)
            {
                var isPair = image + 1 < images;
                var to = sums + ((nint)image * outputs) + output;
                var first = x + (image * stride);
                DotPair(first, isPair ? first + stride : first, rows, stride, length, to, isPair ? to + outputs : last);
            }
        }
    }

    /// <summary>to[row][k] = Σ a[row·aRow + i·aStep]·b[i][k] for k below the width of a strip.</summary>
    /// <param name="a">The weights of the sums.</param>
    /// <param name="aRow">Numbers from one row's weights to the next's.</param>
    /// <param name="aStep">Numbers from one summand's weight to the next's.</param>
    /// <param name="rows">How many sums there are at each k: <see cref="Rows"/> or more.</param>
    /// <param name="b">(summands, width), one behind the other.</param>
    /// <param name="summands">How many.</param>
    /// <param name="width">A multiple of <see cref="Columns"/>.</param>
    /// <param name="to">The first row.</param>
    /// <param name="toStride">Numbers from one row to the next.</param>
    internal static void Combine(float* a, int aRow, int aStep, int rows, float* b, int summands, int width, float* to, nint toStride)
    {
        // The last rows once more, with some before them, where a block of them is not whole.
        for (var row = 0; row < rows; row += Rows)
        {
            var first = Math.Min(row, rows - Rows);
            for (var column = 0; column < width; column += Columns)
                Block(a + ((nint)first * aRow), aRow, aStep, b + column, summands, width, to + (first * toStride) + column, toStride);
        }
    }

    /// <summary>to[i] += from[i].</summary>
    internal static void Add(float* from, int count, float* to)
    {
        var i = 0;
        for (; i + Lanes <= count; i += Lanes)
            (Vector512.Load(to + i) + Vector512.Load(from + i)).Store(to + i);
        for (; i < count; i++)
            to[i] += from[i];
    }

    /// <summary>to[i] = from[i]·by + to[i]·times.</summary>
    /// <param name="from">What is added.</param>
    /// <param name="by">How much of it.</param>
    /// <param name="times">How much of what is there.</param>
    /// <param name="count">A multiple of <see cref="Columns"/>.</param>
    /// <param name="to">What is there.</param>
    internal static void Scale(float* from, float by, float times, int count, float* to)
    {
        var (factor, other) = (Vector512.Create(by), Vector512.Create(times));
        for (var i = 0; i < count; i += Lanes)
            Avx512F.FusedMultiplyAdd(Vector512.Load(from + i), factor, Vector512.Load(to + i) * other).Store(to + i);
    }

    [SkipLocalsInit]
    private static void DotPair(float* x, float* y, float* w, nint stride, int length, float* toX, float* toY)
    {
        Vector512<float> x0 = default, x1 = default, x2 = default, x3 = default, x4 = default, x5 = default, x6 = default, x7 = default;
        Vector512<float> y0 = default, y1 = default, y2 = default, y3 = default, y4 = default, y5 = default, y6 = default, y7 = default;
        var k = 0;
        for (; k + Lanes <= length; k += Lanes)
        {
            var (a, b) = (Vector512.Load(x + k), Vector512.Load(y + k));
            var row = w + k;
            Add(a, b, row, ref x0, ref y0);
            Add(a, b, row + stride, ref x1, ref y1);
            Add(a, b, row + (2 * stride), ref x2, ref y2);
            Add(a, b, row + (3 * stride), ref x3, ref y3);
            row += 4 * stride;
            Add(a, b, row, ref x4, ref y4);
            Add(a, b, row + stride, ref x5, ref y5);
            Add(a, b, row + (2 * stride), ref x6, ref y6);
            Add(a, b, row + (3 * stride), ref x7, ref y7);
        }

        Sums(x0, x1, x2, x3, x4, x5, x6, x7).Store(toX);
        Sums(y0, y1, y2, y3, y4, y5, y6, y7).Store(toY);
        for (; k < length; k++)
        {
            for (var i = 0; i < Rows; i++)
            {
                toX[i] += x[k] * w[(i * stride) + k];
                toY[i] += y[k] * w[(i * stride) + k];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector512<float> a, Vector512<float> b, float* from, ref Vector512<float> sumA, ref Vector512<float> sumB)
    {
        var value = Vector512.Load(from);
        sumA = Avx512F.FusedMultiplyAdd(a, value, sumA);
        sumB = Avx512F.FusedMultiplyAdd(b, value, sumB);
    }

    // The sum of each vector in its place.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Sums(
        Vector512<float> s0, Vector512<float> s1, Vector512<float> s2, Vector512<float> s3,
        Vector512<float> s4, Vector512<float> s5, Vector512<float> s6, Vector512<float> s7)
    {
        var (low, high) = (Fours(Half(s0), Half(s1), Half(s2), Half(s3)), Fours(Half(s4), Half(s5), Half(s6), Half(s7)));
        return Vector256.Create(low.GetLower() + low.GetUpper(), high.GetLower() + high.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Half(Vector512<float> value) => value.GetLower() + value.GetUpper();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Fours(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d) =>
        Avx.HorizontalAdd(Avx.HorizontalAdd(a, b), Avx.HorizontalAdd(c, d));

    /// <summary>What <see cref="Combine"/> computes, for <see cref="Rows"/> rows and <see cref="Columns"/> columns.</summary>
    [SkipLocalsInit]
    internal static void Block(float* a, int aRow, int aStep, float* b, int summands, int bStride, float* to, nint toStride)
    {
        Vector512<float> l0 = default, l1 = default, l2 = default, l3 = default, l4 = default, l5 = default, l6 = default, l7 = default;
        Vector512<float> r0 = default, r1 = default, r2 = default, r3 = default, r4 = default, r5 = default, r6 = default, r7 = default;
        for (var i = 0; i < summands; i++)
        {
            var (left, right) = (Vector512.Load(b), Vector512.Load(b + Lanes));
            AddTimes(a[0], left, right, ref l0, ref r0);
            AddTimes(a[aRow], left, right, ref l1, ref r1);
            AddTimes(a[2 * aRow], left, right, ref l2, ref r2);
            AddTimes(a[3 * aRow], left, right, ref l3, ref r3);
            AddTimes(a[4 * aRow], left, right, ref l4, ref r4);
            AddTimes(a[5 * aRow], left, right, ref l5, ref r5);
            AddTimes(a[6 * aRow], left, right, ref l6, ref r6);
            AddTimes(a[7 * aRow], left, right, ref l7, ref r7);
            a += aStep;
            b += bStride;
        }

        Store(l0, r0, to);
        Store(l1, r1, to += toStride);
        Store(l2, r2, to += toStride);
        Store(l3, r3, to += toStride);
        Store(l4, r4, to += toStride);
        Store(l5, r5, to += toStride);
        Store(l6, r6, to += toStride);
        Store(l7, r7, to + toStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTimes(float factor, Vector512<float> left, Vector512<float> right, ref Vector512<float> sumLeft, ref Vector512<float> sumRight)
    {
        var all = Vector512.Create(factor);
        sumLeft = Avx512F.FusedMultiplyAdd(all, left, sumLeft);
        sumRight = Avx512F.FusedMultiplyAdd(all, right, sumRight);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> left, Vector512<float> right, float* to)
    {
        left.Store(to);
        right.Store(to + Lanes);
    }
}
