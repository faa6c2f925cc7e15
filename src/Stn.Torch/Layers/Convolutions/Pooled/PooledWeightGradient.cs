namespace Stn.Torch.Layers.Convolutions.Pooled;

/// <summary>
/// The gradient of weights and biases. Of the four positions of a window one has a gradient, or none: the others are not visited. Lanes are
/// columns of the kernel.
/// </summary>
internal static unsafe class PooledWeightGradient
{
    /// <summary>Floats of the sums: [output][input][span][row][lane], then a bias for each output.</summary>
    internal static int Length(in PooledShape shape, int lanes) => (KernelLength(shape, lanes) * shape.Outputs) + shape.Outputs;

    /// <summary>Adds one image's part.</summary>
    /// <param name="padded">The image.</param>
    /// <param name="gradient">That of the values, [window][channel].</param>
    /// <param name="places">Where the largest was.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="flows">Memory for as many as there are windows.</param>
    /// <param name="sums">Added to.</param>
    internal static void Add<T>(float* padded, float* gradient, byte* places, in PooledShape shape, Span<Flow> flows, float* sums)
        where T : struct, ILanes<T>
    {
        var length = KernelLength(shape, T.Count);
        for (var channel = 0; channel < shape.Outputs; channel++)
        {
            ReadOnlySpan<Flow> alive = flows[..Collect(gradient + channel, places + channel, shape, flows)];
            var to = sums + ((nint)channel * length);
            for (var input = 0; input < shape.Inputs; input++)
            {
                for (var span = 0; span < shape.Spans(T.Count); span++, to += PooledShape.MostRows * T.Count)
                    Flow.Correlate<T>(padded + (input * (nint)shape.Plane) + (span * T.Count), shape.Stride, alive, to);
            }

            foreach (var flow in alive)
                sums[((nint)length * shape.Outputs) + channel] += flow.Gradient;
        }
    }

    /// <summary>Adds the sums of a part to the gradients, (out, in, k, k) and (out).</summary>
    internal static void Finish(float* sums, in PooledShape shape, int lanes, Span<float> weight, Span<float> bias)
    {
        var (kernel, spans) = (shape.Kernel, shape.Spans(lanes));
        for (var i = 0; i < weight.Length; i++)
        {
            var (rest, column) = Math.DivRem(i, kernel);
            var (pair, row) = Math.DivRem(rest, kernel);
            var (span, lane) = Math.DivRem(column, lanes);
            weight[i] += sums[(((((nint)pair * spans) + span) * PooledShape.MostRows) + row) * lanes + lane];
        }

        for (var channel = 0; channel < shape.Outputs; channel++)
            bias[channel] += sums[((nint)KernelLength(shape, lanes) * shape.Outputs) + channel];
    }

    private static int KernelLength(in PooledShape shape, int lanes) =>
        shape.Inputs * shape.Spans(lanes) * PooledShape.MostRows * lanes;

    // Without a branch: whether a window is off cannot be foreseen.
    private static int Collect(float* gradient, byte* places, in PooledShape shape, Span<Flow> flows)
    {
        var shifts = stackalloc int[] { 0, 1, shape.Stride, shape.Stride + 1, 0 };
        var (count, at) = (0, (nint)0);
        for (var y = 0; y < shape.PooledHeight; y++)
        {
            for (var x = 0; x < shape.PooledWidth; x++, at += shape.Outputs)
            {
                var place = places[at];
                flows[count] = new Flow((2 * y * shape.Stride) + (2 * x) + shifts[place], gradient[at]);
                count += place < PooledForward.Off ? 1 : 0;
            }
        }

        return count;
    }
}
