using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Stn.Kernels.Warps;

namespace Stn.Kernels.Taps;

/// <summary>Bicubic taps of one channel: a point's four rows of four taps are four 128-bit loads, lane i is column i.</summary>
/// <remarks>
/// V = Σ_i a_i·(Σ_j b_j·row_j[i]) with the weights a of x and b of y (<see cref="Reference.CubicReference"/>); their
/// derivatives in place of a or b give the gradients of the position, and ∂V·b_j·a those of row j. Weights are computed for 8
/// points at a time and transposed to (point, tap); the sums over i are folded for 8 points at a time.
/// </remarks>
internal static unsafe class CubicPoints
{
    /// <summary>How many sets of accumulators points use in turn.</summary>
    public const int Sets = 4;

    private const int Lanes = 8;
    private const int Weights = 4 * Lanes;

    /// <summary>Writes V of a run of points, staged from <paramref name="start"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(
        float* taps, int pitch, float slope, int* index, in Staged<float> staged, int start, int count, float* output)
    {
        var across = Scratch.Current.Take<float>(Slot.Weights, 3 * Weights);
        var (down, products) = (Weights, 2 * Weights);
        index += start;
        for (var i = 0; i < count; i += Lanes)
        {
            Weigh(Vector256.Load(staged.X + start + i), slope, across);
            Weigh(Vector256.Load(staged.Y + start + i), slope, across + down);
            for (var point = 0; point < Lanes; point++)
            {
                var column = Column(taps + index[i + point], pitch, across + down + (4 * point));
                (column * Vector128.Load(across + (4 * point))).Store(across + products + (4 * point));
            }

            Simd.StoreFirst(SumFours(across + products), output + i, count - i);
        }
    }

    /// <summary>Adds to the gradients of the positions, and to the accumulators of the taps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<TWanted>(
        float* taps, float* accumulators, int set, int pitch, float slope, int* index, in Staged<float> staged, int start, int count,
        float* amounts)
        where TWanted : IWanted
    {
        var across = Scratch.Current.Take<float>(Slot.Weights, (6 * Weights) + Lanes);
        var down = across + Weights;
        var amount = across + (6 * Weights);
        index += start;
        for (var i = 0; i < count; i += Lanes)
        {
            Simd.LoadFirst(amounts + i, count - i).Store(amount);
            Weigh(Vector256.Load(staged.X + start + i), slope, across);
            Weigh(Vector256.Load(staged.Y + start + i), slope, down);
            if (TWanted.Positions)
                Slopes(taps, pitch, slope, index + i, staged, start + i, Vector256.Load(amount), across);
            for (var point = 0; TWanted.Image && point < Lanes; point++)
            {
                var to = accumulators + ((nint)set * (point % Sets)) + index[i + point];
                var row = Vector128.Create(amount[point]) * Vector128.Load(across + (4 * point));
                for (var j = 0; j < 4; j++, to += pitch)
                    Fma.MultiplyAdd(Vector128.Create(down[(4 * point) + j]), row, Vector128.Load(to)).Store(to);
            }
        }
    }

    // ∂x and ∂y of 8 points. In memory, 8 points of 4 each: a, b, a', b', products for x, products for y.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Slopes(
        float* taps, int pitch, float slope, int* index, in Staged<float> staged, int at, Vector256<float> amount, float* weights)
    {
        WeighSlope(Vector256.Load(staged.X + at), slope, weights + (2 * Weights));
        WeighSlope(Vector256.Load(staged.Y + at), slope, weights + (3 * Weights));
        for (var point = 0; point < 4 * Lanes; point += 4)
        {
            var from = taps + index[point / 4];
            var value = Column(from, pitch, weights + Weights + point);
            var change = Column(from, pitch, weights + (3 * Weights) + point);
            (value * Vector128.Load(weights + (2 * Weights) + point)).Store(weights + (4 * Weights) + point);
            (change * Vector128.Load(weights + point)).Store(weights + (5 * Weights) + point);
        }

        Simd.AddTo(staged.GradientX + at, amount, SumFours(weights + (4 * Weights)));
        Simd.AddTo(staged.GradientY + at, amount, SumFours(weights + (5 * Weights)));
    }

    // Σ_j weights[j]·row_j.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Column(float* taps, nint pitch, float* weights)
    {
        var upper = Vector128.Create(weights[0]) * Vector128.Load(taps);
        var lower = Vector128.Create(weights[1]) * Vector128.Load(taps + pitch);
        upper = Fma.MultiplyAdd(Vector128.Create(weights[2]), Vector128.Load(taps + (2 * pitch)), upper);
        return upper + Fma.MultiplyAdd(Vector128.Create(weights[3]), Vector128.Load(taps + (3 * pitch)), lower);
    }

    // The weights of 8 fractions, four a point: k(t + 1), k(t), k(1 − t), k(2 − t) with Keys' kernel k.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Weigh(Vector256<float> t, float slope, float* weights)
    {
        var (a, one) = (Vector256.Create(slope), Vector256<float>.One);
        var back = one - t;
        Store(a * t * back * back, Inner(a, t), Inner(a, back), a * back * t * t, weights);
    }

    // Their derivatives by t.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WeighSlope(Vector256<float> t, float slope, float* weights)
    {
        var (a, one) = (Vector256.Create(slope), Vector256<float>.One);
        var back = one - t;
        Store(a * back * (one - (t * 3f)), InnerSlope(a, t), -InnerSlope(a, back), a * t * ((back * 3f) - one), weights);
    }

    // ((A + 2)·d − (A + 3))·d² + 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Inner(Vector256<float> a, Vector256<float> d) =>
        Simd.MultiplyAdd(Simd.MultiplyAdd(a + Vector256.Create(2f), d, -a - Vector256.Create(3f)), d * d, Vector256<float>.One);

    // (3(A + 2)·d − 2(A + 3))·d.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> InnerSlope(Vector256<float> a, Vector256<float> d) =>
        Simd.MultiplyAdd((a + Vector256.Create(2f)) * 3f, d, (-a - Vector256.Create(3f)) * 2f) * d;

    // Four vectors of 8 points become 8 points of four.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> w0, Vector256<float> w1, Vector256<float> w2, Vector256<float> w3, float* weights)
    {
        var (low01, high01) = (Avx.UnpackLow(w0, w1), Avx.UnpackHigh(w0, w1));
        var (low23, high23) = (Avx.UnpackLow(w2, w3), Avx.UnpackHigh(w2, w3));
        var point04 = Avx.Shuffle(low01, low23, 0b01_00_01_00);
        var point15 = Avx.Shuffle(low01, low23, 0b11_10_11_10);
        var point26 = Avx.Shuffle(high01, high23, 0b01_00_01_00);
        var point37 = Avx.Shuffle(high01, high23, 0b11_10_11_10);
        Avx.Permute2x128(point04, point15, 0x20).Store(weights);
        Avx.Permute2x128(point26, point37, 0x20).Store(weights + 8);
        Avx.Permute2x128(point04, point15, 0x31).Store(weights + 16);
        Avx.Permute2x128(point26, point37, 0x31).Store(weights + 24);
    }

    // The sums of four neighbours, 8 of them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> SumFours(float* products)
    {
        var sums = Avx.HorizontalAdd(
            Avx.HorizontalAdd(Vector256.Load(products), Vector256.Load(products + 8)),
            Avx.HorizontalAdd(Vector256.Load(products + 16), Vector256.Load(products + 24)));
        return Avx2.PermuteVar8x32(sums, Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7));
    }
}
