namespace Stn.Torch.Layers.Convolutions.Pooled;

/// <summary>
/// The gradient of the image: for each window the kernels of the channels that are on, each where its largest was. Lanes are the pixels and
/// channels under a kernel's row, which lie side by side in an image with its channels innermost.
/// </summary>
internal static unsafe class PooledInputGradient
{
    // A row of zeros above a kernel and one below: begun one row later, it is the kernel at the upper position of a window.
    private const int KernelRows = PooledShape.MostRows + 2;

    /// <summary>Floats of the packed kernels.</summary>
    internal static int PackedLength(in PooledShape shape, int lanes) => SpansOfRow(shape, lanes) * SpanLength(shape, lanes);

    /// <summary>Floats of an image with its channels innermost, with what vectors and rows of zeros reach behind it.</summary>
    internal static int ImageLength(in PooledShape shape, int lanes) =>
        ((shape.Height + KernelRows) * shape.ImageRow) + shape.Inputs + (SpansOfRow(shape, lanes) * lanes);

    /// <summary>Kernels as <see cref="Add"/> reads them: [span][output][row][lane], into zeros.</summary>
    internal static void Pack(ReadOnlySpan<float> weight, in PooledShape shape, int lanes, float* packed)
    {
        var at = 0;
        for (var output = 0; output < shape.Outputs; output++)
        {
            for (var input = 0; input < shape.Inputs; input++)
            {
                for (var row = 0; row < shape.Kernel; row++)
                {
                    var to = packed + (((output * KernelRows) + row + 1) * lanes);
                    for (var column = 0; column < shape.Kernel; column++, at++)
                    {
                        var (span, lane) = Math.DivRem((column * shape.Inputs) + input, lanes);
                        to[(span * SpanLength(shape, lanes)) + lane] = weight[at];
                    }
                }
            }
        }
    }

    /// <summary>Adds one image's gradient to an image of <see cref="ImageLength"/> floats.</summary>
    internal static void Add<T>(float* packed, float* gradient, byte* places, in PooledShape shape, Span<Flow> flows, float* image)
        where T : struct, ILanes<T>
    {
        var left = flows[..(shape.Outputs + 1)];
        var right = flows[(shape.Outputs + 1)..];
        for (var window = 0; window < shape.Windows; window++)
        {
            var at = (nint)window * shape.Outputs;
            Collect<T>(gradient + at, places + at, shape.Outputs, left, right, out var countLeft, out var countRight);
            var to = image + shape.Position(window);
            for (var (span, kernels) = (0, (nint)packed); span < SpansOfRow(shape, T.Count); span++, kernels += SpanLength(shape, T.Count) * sizeof(float))
            {
                Flow.Scatter<T>((float*)kernels, left[..countLeft], to + (span * T.Count), shape.ImageRow);
                Flow.Scatter<T>((float*)kernels, right[..countRight], to + shape.Inputs + (span * T.Count), shape.ImageRow);
            }
        }
    }

    /// <summary>The flows that <see cref="Add"/> needs room for.</summary>
    internal static int FlowsOf(in PooledShape shape) => 2 * (shape.Outputs + 1);

    private static int SpansOfRow(in PooledShape shape, int lanes) => (shape.KernelRow + lanes - 1) / lanes;

    private static int SpanLength(in PooledShape shape, int lanes) => shape.Outputs * KernelRows * lanes;

    // Left and right positions of a window. Without a branch: whether a window is off, and where it is on, cannot be foreseen.
    private static void Collect<T>(
        float* gradient, byte* places, int outputs, Span<Flow> left, Span<Flow> right, out int countLeft, out int countRight)
        where T : struct, ILanes<T>
    {
        var starts = stackalloc int[] { T.Count, T.Count, 0, 0, 0 };
        (countLeft, countRight) = (0, 0);
        for (var (channel, kernel) = (0, 0); channel < outputs; channel++, kernel += KernelRows * T.Count)
        {
            var place = places[channel];
            left[countLeft] = right[countRight] = new Flow(kernel + starts[place], gradient[channel]);
            var isOn = place < PooledForward.Off ? 1 : 0;
            countLeft += isOn & ~place; // odd places lie on the right
            countRight += isOn & place;
        }
    }
}
