namespace Stn.Torch.Layers.Convolutions.Pooled;

/// <summary>
/// The gradients of a convolution of many channels. Of the four positions of a window one has a gradient, or none: the others are not visited.
/// Lanes are the pixels and channels under a kernel's row, which lie side by side.
/// </summary>
internal static unsafe class DeepGradients
{
    private const int Places = PooledForward.Off + 1;

    // They share a piece of the kernels while it lies in the first-level cache.
    private const int WindowsAtOnce = 16;

    /// <summary>A kernel's row, filled up to what <see cref="Flow.Gather"/> adds at once.</summary>
    internal static int PaddedRow(in PooledShape shape, int lanes)
    {
        var block = Flow.GatherVectors * lanes;
        return (shape.KernelRow + block - 1) / block * block;
    }

    /// <summary>Floats of a kernel of one output channel: [row][pixel and channel].</summary>
    internal static int KernelLength(in PooledShape shape, int lanes) => shape.Kernel * PaddedRow(shape, lanes);

    /// <summary>Floats behind an image that are read or written as if they belonged to it.</summary>
    internal static int Slack(in PooledShape shape, int lanes) => shape.ImageRow + shape.Inputs + PaddedRow(shape, lanes);

    /// <summary>Adds to the kernels of some output channels the part of some images.</summary>
    /// <param name="images">The first of them; behind the last, a <see cref="PaddedRow"/> less a kernel's row can be read.</param>
    /// <param name="gradients">The first image's, [window][channel].</param>
    /// <param name="places">The first image's.</param>
    /// <param name="count">Images.</param>
    /// <param name="channels">The output channels.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="kernels">[channel][row][pixel and channel], all output channels.</param>
    /// <param name="biases">Of all output channels.</param>
    internal static void AddKernels<T>(
        float* images, float* gradients, byte* places, int count, Range channels, in PooledShape shape, float* kernels, float* biases)
        where T : struct, ILanes<T>
    {
        var flows = new Flow[(count * shape.Windows) + 1];
        var row = PaddedRow(shape, T.Count);
        for (var channel = channels.Start.Value; channel < channels.End.Value; channel++)
        {
            ReadOnlySpan<Flow> alive = flows.AsSpan(0, Collect(gradients + channel, places + channel, count, shape, flows));
            var to = kernels + ((nint)channel * KernelLength(shape, T.Count));
            for (var y = 0; y < shape.Kernel; y++, to += row)
            {
                for (var x = 0; x < row; x += Flow.GatherVectors * T.Count)
                    Flow.Gather<T>(images + ((nint)y * shape.ImageRow) + x, alive, to + x);
            }

            foreach (var flow in alive)
                biases[channel] += flow.Gradient;
        }
    }

    /// <summary>Adds the gradient of one image.</summary>
    /// <param name="kernels">[channel][row][pixel and channel], zeros where a row is filled up.</param>
    /// <param name="gradient">[window][channel].</param>
    /// <param name="places">[window][channel].</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="image">Added to; behind it <see cref="Slack"/> floats more.</param>
    internal static void AddImage<T>(float* kernels, float* gradient, byte* places, in PooledShape shape, float* image)
        where T : struct, ILanes<T>
    {
        var flows = new Flow[Math.Min(WindowsAtOnce, shape.Windows) * Places * shape.Outputs];
        for (var first = 0; first < shape.Windows; first += WindowsAtOnce)
        {
            var windows = first..Math.Min(first + WindowsAtOnce, shape.Windows);
            AddWindows<T>(kernels, gradient, places, windows, shape, flows, image);
        }
    }

    private static void AddWindows<T>(float* kernels, float* gradient, byte* places, Range windows, in PooledShape shape, Flow[] flows, float* image)
        where T : struct, ILanes<T>
    {
        Span<int> counts = stackalloc int[WindowsAtOnce * Places];
        counts.Clear();
        Sort(gradient, places, windows, shape, KernelLength(shape, T.Count), flows, counts);
        var row = PaddedRow(shape, T.Count);
        var shifts = stackalloc int[] { 0, shape.Inputs, shape.ImageRow, shape.ImageRow + shape.Inputs };
        for (var y = 0; y < shape.Kernel; y++)
        {
            for (var x = 0; x < row; x += Flow.GatherVectors * T.Count)
            {
                float* from = kernels + ((nint)y * row) + x, to = image + ((nint)y * shape.ImageRow) + x;
                for (var (window, list) = (windows.Start.Value, 0); window < windows.End.Value; window++, list += Places)
                {
                    for (var place = 0; place < PooledForward.Off; place++)
                    {
                        var alive = flows.AsSpan((list + place) * shape.Outputs, counts[list + place]);
                        Flow.Gather<T>(from, alive, to + shape.Position(window) + shifts[place]);
                    }
                }
            }
        }
    }

    // Without a branch: whether a window is off cannot be foreseen.
    private static int Collect(float* gradients, byte* places, int images, in PooledShape shape, Span<Flow> flows)
    {
        var shifts = stackalloc int[] { 0, shape.Inputs, shape.ImageRow, shape.ImageRow + shape.Inputs, 0 };
        var (count, at) = (0, (nint)0);
        for (var image = 0; image < images; image++)
        {
            for (var window = 0; window < shape.Windows; window++, at += shape.Outputs)
            {
                var place = places[at];
                flows[count] = new Flow((image * shape.ImageLength) + shape.Position(window) + shifts[place], gradients[at]);
                count += place < PooledForward.Off ? 1 : 0;
            }
        }

        return count;
    }

    // By window and place, each list with room for all output channels.
    private static void Sort(
        float* gradient, byte* places, Range windows, in PooledShape shape, int kernelLength, Span<Flow> flows, Span<int> counts)
    {
        var at = (nint)windows.Start.Value * shape.Outputs;
        for (var (window, first) = (windows.Start.Value, 0); window < windows.End.Value; window++, first += Places)
        {
            for (var channel = 0; channel < shape.Outputs; channel++, at++)
            {
                var list = first + places[at];
                flows[(list * shape.Outputs) + counts[list]++] = new Flow(channel * kernelLength, gradient[at]);
            }
        }
    }
}
