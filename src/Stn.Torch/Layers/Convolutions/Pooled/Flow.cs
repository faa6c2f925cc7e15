using System.Runtime.CompilerServices;

namespace Stn.Torch.Layers.Convolutions.Pooled;

/// <summary>A gradient that reaches one position of the convolution's output.</summary>
/// <param name="Offset">Where its kernel reads or writes, in floats.</param>
/// <param name="Gradient">How much flows.</param>
internal readonly record struct Flow(int Offset, float Gradient)
{
    /// <summary>Adds to nine rows of sums, one vector each, the gradient times the row of the image that each offset names.</summary>
    [SkipLocalsInit]
    internal static unsafe void Correlate<T>(float* image, nint stride, ReadOnlySpan<Flow> flows, float* sums)
        where T : struct, ILanes<T>
    {
        var (s0, s1, s2) = (Sum<T>(sums, 0), Sum<T>(sums, 1), Sum<T>(sums, 2));
        var (s3, s4, s5) = (Sum<T>(sums, 3), Sum<T>(sums, 4), Sum<T>(sums, 5));
        var (s6, s7, s8) = (Sum<T>(sums, 6), Sum<T>(sums, 7), Sum<T>(sums, 8));
        foreach (ref readonly var flow in flows)
        {
            var gradient = T.All(flow.Gradient);
            var row = image + flow.Offset;
            s0 = T.MultiplyAdd(gradient, T.Load(row), s0);
            s1 = T.MultiplyAdd(gradient, T.Load(row += stride), s1);
            s2 = T.MultiplyAdd(gradient, T.Load(row += stride), s2);
            s3 = T.MultiplyAdd(gradient, T.Load(row += stride), s3);
            s4 = T.MultiplyAdd(gradient, T.Load(row += stride), s4);
            s5 = T.MultiplyAdd(gradient, T.Load(row += stride), s5);
            s6 = T.MultiplyAdd(gradient, T.Load(row += stride), s6);
            s7 = T.MultiplyAdd(gradient, T.Load(row += stride), s7);
            s8 = T.MultiplyAdd(gradient, T.Load(row + stride), s8);
        }

        s0.Store(sums);
        s1.Store(sums + T.Count);
        s2.Store(sums + (2 * T.Count));
        s3.Store(sums + (3 * T.Count));
        s4.Store(sums + (4 * T.Count));
        s5.Store(sums + (5 * T.Count));
        s6.Store(sums + (6 * T.Count));
        s7.Store(sums + (7 * T.Count));
        s8.Store(sums + (8 * T.Count));
    }

    /// <summary>Vectors that <see cref="Gather"/> adds to.</summary>
    internal const int GatherVectors = 7;

    /// <summary>Adds to seven vectors of sums the gradient times those that begin where each offset names.</summary>
    [SkipLocalsInit]
    internal static unsafe void Gather<T>(float* from, ReadOnlySpan<Flow> flows, float* sums)
        where T : struct, ILanes<T>
    {
        var (s0, s1, s2, s3) = (Sum<T>(sums, 0), Sum<T>(sums, 1), Sum<T>(sums, 2), Sum<T>(sums, 3));
        var (s4, s5, s6) = (Sum<T>(sums, 4), Sum<T>(sums, 5), Sum<T>(sums, 6));
        foreach (ref readonly var flow in flows)
        {
            var gradient = T.All(flow.Gradient);
            var first = from + flow.Offset;
            s0 = T.MultiplyAdd(gradient, T.Load(first), s0);
            s1 = T.MultiplyAdd(gradient, T.Load(first + T.Count), s1);
            s2 = T.MultiplyAdd(gradient, T.Load(first + (2 * T.Count)), s2);
            s3 = T.MultiplyAdd(gradient, T.Load(first + (3 * T.Count)), s3);
            s4 = T.MultiplyAdd(gradient, T.Load(first + (4 * T.Count)), s4);
            s5 = T.MultiplyAdd(gradient, T.Load(first + (5 * T.Count)), s5);
            s6 = T.MultiplyAdd(gradient, T.Load(first + (6 * T.Count)), s6);
        }

        s0.Store(sums);
        s1.Store(sums + T.Count);
        s2.Store(sums + (2 * T.Count));
        s3.Store(sums + (3 * T.Count));
        s4.Store(sums + (4 * T.Count));
        s5.Store(sums + (5 * T.Count));
        s6.Store(sums + (6 * T.Count));
    }

    /// <summary>Adds to ten rows of an image the gradient times the kernel that each offset names.</summary>
    [SkipLocalsInit]
    internal static unsafe void Scatter<T>(float* kernels, ReadOnlySpan<Flow> flows, float* image, nint stride)
        where T : struct, ILanes<T>
    {
        var zero = T.All(0);
        var (s0, s1, s2, s3, s4) = (zero, zero, zero, zero, zero);
        var (s5, s6, s7, s8, s9) = (zero, zero, zero, zero, zero);
        foreach (ref readonly var flow in flows)
        {
            var gradient = T.All(flow.Gradient);
            var kernel = kernels + flow.Offset;
            s0 = T.MultiplyAdd(gradient, T.Load(kernel), s0);
            s1 = T.MultiplyAdd(gradient, T.Load(kernel + T.Count), s1);
            s2 = T.MultiplyAdd(gradient, T.Load(kernel + (2 * T.Count)), s2);
            s3 = T.MultiplyAdd(gradient, T.Load(kernel + (3 * T.Count)), s3);
            s4 = T.MultiplyAdd(gradient, T.Load(kernel + (4 * T.Count)), s4);
            s5 = T.MultiplyAdd(gradient, T.Load(kernel + (5 * T.Count)), s5);
            s6 = T.MultiplyAdd(gradient, T.Load(kernel + (6 * T.Count)), s6);
            s7 = T.MultiplyAdd(gradient, T.Load(kernel + (7 * T.Count)), s7);
            s8 = T.MultiplyAdd(gradient, T.Load(kernel + (8 * T.Count)), s8);
            s9 = T.MultiplyAdd(gradient, T.Load(kernel + (9 * T.Count)), s9);
        }

        var one = T.All(1);
        AddTo(image, one, s0);
        AddTo(image += stride, one, s1);
        AddTo(image += stride, one, s2);
        AddTo(image += stride, one, s3);
        AddTo(image += stride, one, s4);
        AddTo(image += stride, one, s5);
        AddTo(image += stride, one, s6);
        AddTo(image += stride, one, s7);
        AddTo(image += stride, one, s8);
        AddTo(image + stride, one, s9);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe T Sum<T>(float* sums, int row)
        where T : struct, ILanes<T> => T.Load(sums + (row * T.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void AddTo<T>(float* memory, T one, T sum)
        where T : struct, ILanes<T> => T.MultiplyAdd(sum, one, T.Load(memory)).Store(memory);
}
