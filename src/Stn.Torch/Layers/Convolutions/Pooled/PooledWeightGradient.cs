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

            var bias = 0f;
            foreach (var flow in alive)
                bias += flow.Gradient;
            sums[((nint)length * shape.Outputs) + channel] += bias;
        }
    }

    /// <summary>Adds the sums of all parts, in order, to those of the first.</summary>
    internal static void AddParts(float* sums, int parts, int length)
    {
        for (var part = 1; part < parts; part++)
        {
            var more = sums + ((nint)part * length);
            for (var i = 0; i < length; i++)
                sums[i] += more[i];
        }
    }

    /// <summary>The gradients, (out, in, k, k) and (out), from their sums.</summary>
    internal static void Unpack(float* sums, in PooledShape shape, int lanes, Span<float> weight, Span<float> bias)
    {
        var (kernel, spans, at) = (shape.Kernel, shape.Spans(lanes), 0);
        for (var pair = 0; pair < shape.Outputs * shape.Inputs; pair++)
        {
            for (var row = 0; row < kernel; row++)
            {
                for (var column = 0; column < kernel; column++)
                    weight[at++] = sums[((((nint)pair * spans) + (column / lanes)) * PooledShape.MostRows * lanes) + (row * lanes) + (column % lanes)];
            }
        }

        new Span<float>(sums + ((nint)KernelLength(shape, lanes) * shape.Outputs), shape.Outputs).CopyTo(bias);
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
