using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Stn.Torch.Layers.Means;

/// <summary>Half the rows and half the columns of one plane, eight means at once.</summary>
internal static unsafe class HalvingKernel
{
    private const int Lanes = 8;
    private const float Share = 0.25f;

    internal static bool IsFast => Avx2.IsSupported;

    /// <summary>The mean of each window.</summary>
    /// <param name="from">height × width.</param>
    /// <param name="height">A last, odd row is left out.</param>
    /// <param name="width">A last, odd column is left out.</param>
    /// <param name="to">The means, row by row.</param>
    internal static void Forward(float* from, int height, int width, float* to)
    {
        var columns = width / 2;
        for (var row = 0; row < height / 2; row++, to += columns)
        {
            var upper = from + (2 * (nint)row * width);
            var lower = upper + width;
            var column = 0;
            for (; column + Lanes <= columns; column += Lanes)
            {
                var (evenUpper, oddUpper) = Split(upper + (2 * column));
                var (evenLower, oddLower) = Split(lower + (2 * column));
                ((evenUpper + oddUpper + evenLower + oddLower) * Share).Store(to + column);
            }

            for (; column < columns; column++)
            {
                float* a = upper + (2 * column), b = lower + (2 * column);
                to[column] = (a[0] + a[1] + b[0] + b[1]) * Share;
            }
        }
    }

    /// <summary>Each window's gradient, a quarter of it to each of its pixels.</summary>
    /// <param name="from">The gradients, row by row.</param>
    /// <param name="height">A last, odd row is not written.</param>
    /// <param name="width">A last, odd column is not written.</param>
    /// <param name="to">height × width.</param>
    internal static void Backward(float* from, int height, int width, float* to)
    {
        var columns = width / 2;
        for (var row = 0; row < height / 2; row++, from += columns)
        {
            var upper = to + (2 * (nint)row * width);
            var lower = upper + width;
            var column = 0;
            for (; column + Lanes <= columns; column += Lanes)
            {
                var (first, second) = Twice(Vector256.Load(from + column) * Share);
                first.Store(upper + (2 * column));
                second.Store(upper + (2 * column) + Lanes);
                first.Store(lower + (2 * column));
                second.Store(lower + (2 * column) + Lanes);
            }

            for (; column < columns; column++)
            {
                float* a = upper + (2 * column), b = lower + (2 * column);
                a[0] = a[1] = b[0] = b[1] = from[column] * Share;
            }
        }
    }

    // Of sixteen numbers those in even and those in odd places.
    private static (Vector256<float> Even, Vector256<float> Odd) Split(float* from)
    {
        var (a, b) = (Vector256.Load(from), Vector256.Load(from + Lanes));
        return (InOrder(Avx.Shuffle(a, b, 0b10_00_10_00)), InOrder(Avx.Shuffle(a, b, 0b11_01_11_01)));
    }

    // A shuffle takes pairs from a, b, a, b.
    private static Vector256<float> InOrder(Vector256<float> pairs) => Avx2.Permute4x64(pairs.AsDouble(), 0b11_01_10_00).AsSingle();

    // Each of eight numbers twice, in order.
    private static (Vector256<float> First, Vector256<float> Second) Twice(Vector256<float> values)
    {
        var (low, high) = (Avx.UnpackLow(values, values), Avx.UnpackHigh(values, values));
        return (Avx.Permute2x128(low, high, 0x20), Avx.Permute2x128(low, high, 0x31));
    }
}
