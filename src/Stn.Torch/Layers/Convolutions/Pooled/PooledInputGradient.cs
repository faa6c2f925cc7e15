namespace Stn.Torch.Layers.Convolutions.Pooled;

/// <summary>The gradient of the image: for each window the kernels of the channels that are on, each where its largest was.</summary>
internal static unsafe class PooledInputGradient
{
    /// <summary>Kernels as <see cref="Add"/> reads them: [input][span][output][place][row][lane], moved to each of the four places.</summary>
    internal static float[] Pack(ReadOnlySpan<float> weight, in PooledShape shape, int lanes)
    {
        var packed = new float[shape.Inputs * shape.Spans(lanes) * SpanLength(shape, lanes)];
        for (var i = 0; i < weight.Length; i++)
        {
            var (rest, column) = Math.DivRem(i, shape.Kernel);
            (rest, var row) = Math.DivRem(rest, shape.Kernel);
            var (output, input) = Math.DivRem(rest, shape.Inputs);
            for (var place = 0; place < PooledForward.Off; place++)
            {
                var (span, lane) = Math.DivRem(column + (place % 2), lanes);
                var kernel = (((input * shape.Spans(lanes)) + span) * shape.Outputs * PooledForward.Off) + (output * PooledForward.Off) + place;
                packed[(((kernel * Flow.ScatterRows) + row + (place / 2)) * lanes) + lane] = weight[i];
            }
        }

        return packed;
    }

    /// <summary>Adds one image's gradient to padded memory.</summary>
    internal static void Add<T>(float* packed, float* gradient, byte* places, in PooledShape shape, Span<Flow> flows, float* padded)
        where T : struct, ILanes<T>
    {
        for (var window = 0; window < shape.Windows; window++)
        {
            var at = (nint)window * shape.Outputs;
            ReadOnlySpan<Flow> alive = flows[..Collect<T>(gradient + at, places + at, shape.Outputs, flows)];
            var (y, x) = Math.DivRem(window, shape.PooledWidth);
            var kernels = packed;
            for (var input = 0; input < shape.Inputs; input++)
            {
                var to = padded + (input * (nint)shape.Plane) + (2 * y * (nint)shape.Stride) + (2 * x);
                for (var span = 0; span < shape.Spans(T.Count); span++, kernels += SpanLength(shape, T.Count))
                    Flow.Scatter<T>(kernels, alive, to + (span * T.Count), shape.Stride);
            }
        }
    }

    private static int SpanLength(in PooledShape shape, int lanes) => shape.Outputs * PooledForward.Off * Flow.ScatterRows * lanes;

    private static int Collect<T>(float* gradient, byte* places, int outputs, Span<Flow> flows)
        where T : struct, ILanes<T>
    {
        var count = 0;
        for (var channel = 0; channel < outputs; channel++)
        {
            var place = places[channel];
            flows[count] = new Flow(((channel * PooledForward.Off) + place) * Flow.ScatterRows * T.Count, gradient[channel]);
            count += place < PooledForward.Off ? 1 : 0;
        }

        return count;
    }
}
