using System.Runtime.CompilerServices;

namespace Stn.Torch.Layers.Convolutions.Pooled;

/// <summary>
/// Convolution, largest of 2×2 and ReLU in one pass: the four sums of a window never leave the registers' neighbourhood. Lanes are output
/// channels.
/// </summary>
internal static unsafe class PooledForward
{
    /// <summary>The place of a window whose largest is not above zero: no gradient flows there.</summary>
    internal const byte Off = 4;

    /// <summary>Weights as the kernel reads them: [pair of vectors][input][row][column][channel of the pair], then the biases.</summary>
    internal static float[] Pack(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, in PooledShape shape, int lanes)
    {
        var taps = shape.Inputs * shape.Kernel * shape.Kernel;
        var pair = 2 * lanes;
        var padded = shape.Padded(lanes);
        var packed = new float[(taps + 1) * padded];
        for (var channel = 0; channel < shape.Outputs; channel++)
        {
            var first = (channel / pair * taps * pair) + (channel % pair);
            for (var tap = 0; tap < taps; tap++)
                packed[first + (tap * pair)] = weight[(channel * taps) + tap];
            packed[(taps * padded) + channel] = bias[channel];
        }

        return packed;
    }

    /// <summary>One image, the channels of one pair of vectors: values and places, [window][channel].</summary>
    internal static void Run<T>(float* padded, float* packed, in PooledShape shape, int group, float* values, byte* places)
        where T : struct, ILanes<T>
    {
        var taps = shape.Inputs * shape.Kernel * shape.Kernel;
        var channel = group * 2 * T.Count;
        var weights = packed + ((nint)channel * taps);
        var bias = packed + ((nint)taps * shape.Padded(T.Count)) + channel;
        var count = Math.Min(2 * T.Count, shape.Outputs - channel);
        var at = (nint)channel;
        for (var y = 0; y < shape.PooledHeight; y++)
        {
            for (var x = 0; x < shape.PooledWidth; x++, at += shape.Outputs)
                Window<T>(padded, 2 * y, 2 * x, weights, bias, shape, values + at, places + at, count);
        }
    }

    private static void Window<T>(
        float* padded, int y, int x, float* weights, float* bias, in PooledShape shape, float* values, byte* places, int count)
        where T : struct, ILanes<T>
    {
        var sums = stackalloc float[8 * T.Count];
        Sums<T>(padded + ((nint)y * shape.Stride) + x, weights, bias, shape, sums);
        Pool<T>(sums, x + 1 < shape.Columns, y + 1 < shape.Rows, values, places, count);
    }

    // Four positions of two vectors: the fewest sums that keep two multipliers busy, and few enough for 16 registers.
    private static void Sums<T>(float* pixel, float* weights, float* bias, in PooledShape shape, float* sums)
        where T : struct, ILanes<T>
    {
        var (kernel, stride) = (shape.Kernel, (nint)shape.Stride);
        var (a0, b0) = (T.Load(bias), T.Load(bias + T.Count));
        var (a1, b1, a2, b2, a3, b3) = (a0, b0, a0, b0, a0, b0);
        for (var input = 0; input < shape.Inputs; input++)
        {
            for (var row = 0; row < kernel; row++)
            {
                var above = pixel + (input * (nint)shape.Plane) + (row * stride);
                for (var column = 0; column < kernel; column++)
                {
                    var (a, b) = (T.Load(weights), T.Load(weights + T.Count));
                    var (p0, p1) = (T.All(above[column]), T.All(above[column + 1]));
                    var (p2, p3) = (T.All(above[stride + column]), T.All(above[stride + column + 1]));
                    a0 = T.MultiplyAdd(a, p0, a0);
                    b0 = T.MultiplyAdd(b, p0, b0);
                    a1 = T.MultiplyAdd(a, p1, a1);
                    b1 = T.MultiplyAdd(b, p1, b1);
                    a2 = T.MultiplyAdd(a, p2, a2);
                    b2 = T.MultiplyAdd(b, p2, b2);
                    a3 = T.MultiplyAdd(a, p3, a3);
                    b3 = T.MultiplyAdd(b, p3, b3);
                    weights += 2 * T.Count;
                }
            }
        }

        var (right, below, both) = (2 * T.Count, 4 * T.Count, 6 * T.Count);
        a0.Store(sums);
        b0.Store(sums + T.Count);
        a1.Store(sums + right);
        b1.Store(sums + right + T.Count);
        a2.Store(sums + below);
        b2.Store(sums + below + T.Count);
        a3.Store(sums + both);
        b3.Store(sums + both + T.Count);
    }

    /// <summary>The largest of four sums of a pair of vectors, of <paramref name="count"/> channels: [position][channel] to values and places.</summary>
    internal static void Pool<T>(float* sums, bool hasRight, bool hasBelow, float* values, byte* places, int count)
        where T : struct, ILanes<T>
    {
        if (count == 2 * T.Count)
        {
            Pool<T>(sums, hasRight, hasBelow, values, places);
            Pool<T>(sums + T.Count, hasRight, hasBelow, values + T.Count, places + T.Count);
            return;
        }

        var some = stackalloc float[2 * T.Count];
        var bytes = stackalloc byte[2 * T.Count];
        Pool<T>(sums, hasRight, hasBelow, some, bytes);
        Pool<T>(sums + T.Count, hasRight, hasBelow, some + T.Count, bytes + T.Count);
        new Span<float>(some, count).CopyTo(new Span<float>(values, count));
        new Span<byte>(bytes, count).CopyTo(new Span<byte>(places, count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pool<T>(float* sums, bool hasRight, bool hasBelow, float* values, byte* places)
        where T : struct, ILanes<T>
    {
        var (best, place) = (T.Load(sums), T.All(0));
        if (hasRight)
            Take<T>(T.Load(sums + (2 * T.Count)), 1, ref best, ref place);
        if (hasBelow)
            Take<T>(T.Load(sums + (4 * T.Count)), 2, ref best, ref place);
        if (hasRight && hasBelow)
            Take<T>(T.Load(sums + (6 * T.Count)), 3, ref best, ref place);
        var off = T.IsOff(best);
        T.Select(off, T.All(0), best).Store(values);
        T.Select(off, T.All(Off), place).StoreBytes(places);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take<T>(T candidate, int number, ref T best, ref T place)
        where T : struct, ILanes<T>
    {
        var replaces = T.Replaces(candidate, best);
        best = T.Select(replaces, candidate, best);
        place = T.Select(replaces, T.All(number), place);
    }
}
