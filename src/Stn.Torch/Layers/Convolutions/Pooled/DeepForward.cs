using System.Runtime.CompilerServices;

namespace Stn.Torch.Layers.Convolutions.Pooled;

/// <summary>Convolution of many channels, largest of 2×2 and ReLU in one pass, two windows at a time. Lanes are output channels; an image's are innermost.</summary>
internal static unsafe class DeepForward
{
    private const int Positions = 4;

    /// <summary>Floats of the packed weights and biases.</summary>
    internal static long PackedLength(in PooledShape shape, int lanes) => ((shape.Kernel * (long)shape.KernelRow) + 1) * shape.Padded(lanes);

    /// <summary>Weights as the kernel reads them: [pair of vectors][row][column][input][channel of the pair], then the biases; into zeros.</summary>
    /// <param name="weight">(out, row, column, in).</param>
    /// <param name="bias">(out).</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="lanes">Floats of a vector.</param>
    /// <param name="packed">Memory of <see cref="PackedLength"/>.</param>
    internal static void Pack(float* weight, float* bias, PooledShape shape, int lanes, float* packed)
    {
        var taps = shape.Kernel * shape.KernelRow;
        var pair = 2 * lanes;
        Parallel.For(shape.Outputs, channel =>
        {
            var to = packed + ((nint)channel / pair * taps * pair) + (channel % pair);
            var from = weight + ((nint)channel * taps);
            for (var tap = 0; tap < taps; tap++)
                to[(nint)tap * pair] = from[tap];
            packed[((nint)taps * shape.Padded(lanes)) + channel] = bias[channel];
        });
    }

    /// <summary>One image, the channels of one pair of vectors: values and places, [window][channel].</summary>
    /// <param name="image">(H, W, in); what lies up to a row and a pixel behind it is read and not used.</param>
    /// <param name="packed">Of <see cref="Pack"/>.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="group">The pair.</param>
    /// <param name="values">The image's first.</param>
    /// <param name="places">The image's first.</param>
    [SkipLocalsInit]
    internal static void Run<T>(float* image, float* packed, in PooledShape shape, int group, float* values, byte* places)
        where T : struct, ILanes<T>
    {
        var taps = shape.Kernel * shape.KernelRow;
        var channel = group * 2 * T.Count;
        var weights = packed + ((nint)channel * taps);
        var bias = packed + ((nint)taps * shape.Padded(T.Count)) + channel;
        var count = Math.Min(2 * T.Count, shape.Outputs - channel);
        var sums = stackalloc float[2 * Positions * 2 * T.Count];
        for (var window = 0; window < shape.Windows; window += 2)
        {
            var next = Math.Min(window + 1, shape.Windows - 1);
            Sums<T>(image + shape.Position(window), image + shape.Position(next), weights, bias, shape, sums);
            Pool<T>(sums, window, shape, channel, values, places, count);
            Pool<T>(sums + (Positions * 2 * T.Count), next, shape, channel, values, places, count);
        }
    }

    private static void Pool<T>(float* sums, int window, in PooledShape shape, int channel, float* values, byte* places, int count)
        where T : struct, ILanes<T>
    {
        var (y, x) = Math.DivRem(window, shape.PooledWidth);
        var at = ((nint)window * shape.Outputs) + channel;
        PooledForward.Pool<T>(sums, (2 * x) + 1 < shape.Columns, (2 * y) + 1 < shape.Rows, values + at, places + at, count);
    }

    // Eight positions of two vectors: each weight that comes from the second-level cache serves as many as there are registers for.
    private static void Sums<T>(float* one, float* other, float* weights, float* bias, in PooledShape shape, float* sums)
        where T : struct, ILanes<T>
    {
        var (row, right) = ((nint)shape.ImageRow, (nint)shape.Inputs);
        var (a0, b0) = (T.Load(bias), T.Load(bias + T.Count));
        var (a1, b1, a2, b2, a3, b3) = (a0, b0, a0, b0, a0, b0);
        var (c0, d0, c1, d1, c2, d2, c3, d3) = (a0, b0, a0, b0, a0, b0, a0, b0);
        for (var y = 0; y < shape.Kernel; y++, one += row, other += row)
        {
            float* p1 = one + right, p2 = one + row, p3 = one + row + right;
            float* q1 = other + right, q2 = other + row, q3 = other + row + right;
            for (nint i = 0; i < shape.KernelRow; i++, weights += 2 * T.Count)
            {
                var (a, b) = (T.Load(weights), T.Load(weights + T.Count));
                (a0, b0) = Add(a, b, one[i], a0, b0);
                (a1, b1) = Add(a, b, p1[i], a1, b1);
                (a2, b2) = Add(a, b, p2[i], a2, b2);
                (a3, b3) = Add(a, b, p3[i], a3, b3);
                (c0, d0) = Add(a, b, other[i], c0, d0);
                (c1, d1) = Add(a, b, q1[i], c1, d1);
                (c2, d2) = Add(a, b, q2[i], c2, d2);
                (c3, d3) = Add(a, b, q3[i], c3, d3);
            }
        }

        Store(sums, a0, b0, a1, b1, a2, b2, a3, b3);
        Store(sums + (Positions * 2 * T.Count), c0, d0, c1, d1, c2, d2, c3, d3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (T First, T Second) Add<T>(T a, T b, float pixel, T first, T second)
        where T : struct, ILanes<T>
    {
        var all = T.All(pixel);
        return (T.MultiplyAdd(a, all, first), T.MultiplyAdd(b, all, second));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(float* sums, T a0, T b0, T a1, T b1, T a2, T b2, T a3, T b3)
        where T : struct, ILanes<T>
    {
        a0.Store(sums);
        b0.Store(sums + T.Count);
        a1.Store(sums + (2 * T.Count));
        b1.Store(sums + (3 * T.Count));
        a2.Store(sums + (4 * T.Count));
        b2.Store(sums + (5 * T.Count));
        a3.Store(sums + (6 * T.Count));
        b3.Store(sums + (7 * T.Count));
    }
}
