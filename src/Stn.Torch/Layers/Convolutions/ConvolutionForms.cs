using System.Runtime.Intrinsics.X86;

namespace Stn.Torch.Layers.Convolutions;

/// <summary>The one place that chooses how a convolution, and what follows it, is computed. docs/performance.md says what each choice gains.</summary>
internal static class ConvolutionForms
{
    private const int FewChannels = 4;
    private const int LargeKernel = 5;

    // oneDNN has a kernel of its own for few input channels with AVX-512; with AVX2 it pads them to eight.
    private static bool HasKernelForFewChannels => Avx512BW.VL.IsSupported && Avx512DQ.IsSupported;

    /// <summary>Whether the columns under the kernel are better unrolled into channels.</summary>
    internal static bool Unrolls(Conv2d layer) => !HasKernelForFewChannels && CanUnroll(layer) && layer.Inputs <= FewChannels;

    internal static bool CanUnroll(Conv2d layer) => layer is { Stride: 1, Padding: 0, Kernel: >= LargeKernel };

    /// <summary>Whether a convolution with its pooling and ReLU has kernels of ours.</summary>
    internal static bool HasPooledKernel(Conv2d layer) => layer is { Stride: 1, Padding: 0, Inputs: <= FewChannels };

    /// <summary>The layers of a network, those that are computed together as one.</summary>
    internal static Module[] Group(IReadOnlyList<Module> layers)
    {
        var stages = new List<Module>();
        for (var first = 0; first < layers.Count;)
        {
            var length = PooledConvolution.Starts(layers, first) ? PooledConvolution.Length : RunLength(layers, first);
            var run = new LayerRun([.. layers.Skip(first).Take(length)]);
            stages.Add(length == 1 ? layers[first] : PooledConvolution.Starts(layers, first) ? new PooledConvolution(run) : run);
            first += length;
        }

        return [.. stages];
    }

    private static int RunLength(IReadOnlyList<Module> layers, int first)
    {
        var length = 1;
        if (layers[first] is Conv2d)
        {
            while (first + length < layers.Count && layers[first + length] is Conv2d or MaxPool2d or Relu)
                length++;
        }

        return length;
    }
}
