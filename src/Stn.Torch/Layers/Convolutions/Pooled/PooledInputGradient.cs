namespace Stn.Torch.Layers.Convolutions.Pooled;

/// <summary>The gradient of the image: for each window the kernels of the channels that are on, each where its largest was.</summary>
internal static unsafe class PooledInputGradient
{
    // A row of zeros above a kernel and one below: begun one row later, it is the kernel at the upper position of a window.
    private const int KernelRows = PooledShape.MostRows + 2;

    /// <summary>Floats of the packed kernels.</summary>
    internal static int PackedLength(in PooledShape shape, int lanes) => shape.Inputs * shape.Spans(lanes) * SpanLength(shape, lanes);

    /// <summary>Kernels as <see cref="Add"/> reads them: [input][span][output][left or right position][row][lane], into zeros.</summary>
    internal static void Pack(ReadOnlySpan<float> weight, in PooledShape shape, int lanes, float* packed)
    {
        var (kernel, at) = (shape.Kernel, 0);
        for (var output = 0; output < shape.Outputs; output++)
        {
            for (var input = 0; input < shape.Inputs; input++)
            {
                for (var row = 0; row < kernel; row++)
                {
                    var to = packed + ((nint)input * shape.Spans(lanes) * SpanLength(shape, lanes)) + (((2 * output * KernelRows) + row + 1) * lanes);
                    for (var column = 0; column < kernel; column++, at++)
                    {
                        *Lane(to, column, shape, lanes) = weight[at];
                        *(Lane(to, column + 1, shape, lanes) + (KernelRows * lanes)) = weight[at];
                    }
                }
            }
        }
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

    private static float* Lane(float* row, int column, in PooledShape shape, int lanes) =>
        row + ((nint)(column / lanes) * SpanLength(shape, lanes)) + (column % lanes);

    private static int SpanLength(in PooledShape shape, int lanes) => shape.Outputs * 2 * KernelRows * lanes;

    // Without a branch: whether a window is off cannot be foreseen.
    private static int Collect<T>(float* gradient, byte* places, int outputs, Span<Flow> flows)
        where T : struct, ILanes<T>
    {
        var starts = stackalloc int[] { T.Count, (KernelRows + 1) * T.Count, 0, KernelRows * T.Count, 0 };
        var (count, kernel) = (0, 0);
        for (var channel = 0; channel < outputs; channel++, kernel += 2 * KernelRows * T.Count)
        {
            var place = places[channel];
            flows[count] = new Flow(kernel + starts[place], gradient[channel]);
            count += place < PooledForward.Off ? 1 : 0;
        }

        return count;
    }
}
