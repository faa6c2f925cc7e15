using System.Runtime.Intrinsics.X86;
using Stn.Torch.Layers.Convolutions.Pooled;
using Stn.Torch.Layers.Convolutions.Spectral;

namespace Stn.Torch.Layers.Convolutions;

/// <summary>The one place that chooses how a convolution, and what follows it, is computed. docs/performance.md says what each choice gains.</summary>
internal static class ConvolutionForms
{
    private const int FewChannels = 4;
    private const int LargeKernel = 5;

    // Ordering the weights takes as long as so many images.
    private const int ImagesOfDeepKernels = 8;
    private const double MostDeepWaste = 1.5;

    // Of a transform, points a side: its sums grow with the square of it.
    private const int LargestSpectrum = 40;

    // A complex product is four real ones; transforming the weights costs as much as so many images; a product of spectra, with the
    // transforms around it, costs as much as so many of oneDNN's convolution, or of ours.
    private const int RealProducts = 4;
    private const int ImagesOfWeights = 40;
    private const int SpectralCost = 4;
    private const int SpectralCostOfDeep = 8;

    // oneDNN has a kernel of its own for few input channels with AVX-512; with AVX2 it pads them to eight.
    private static bool HasKernelForFewChannels => Avx512BW.VL.IsSupported && Avx512DQ.IsSupported;

    /// <summary>Whether the columns under the kernel are better unrolled into channels.</summary>
    internal static bool Unrolls(Conv2d layer) => !HasKernelForFewChannels && CanUnroll(layer) && layer.Inputs <= FewChannels;

    internal static bool CanUnroll(Conv2d layer) => IsOrdinary(layer) && layer is { Stride: 1, Padding: 0, Kernel: >= LargeKernel };

    /// <summary>Whether a convolution with its pooling and ReLU has kernels of ours.</summary>
    internal static bool HasPooledKernel(Conv2d layer) =>
        IsOrdinary(layer) && layer.Stride == 1
        && (layer.Inputs <= FewChannels ? layer.Padding < layer.Kernel : Lanes16.AreFast && layer is { Padding: 0, Kernel: >= LargeKernel });

    /// <summary>Those of them that compute this input; null where oneDNN's are better or these do not fit.</summary>
    internal static PooledFunction? Pooled(Conv2d layer, Tensor input, bool ceil)
    {
        if (!Lanes8.AreFast || input.Type != DType.Float32 || input.Dimensions != 4 || input.ElementCount == 0 || input.Size(1) != layer.Inputs
            || input.Device.IsCuda || layer.Weight.Value.Device.IsCuda || !PooledFunction.CanCompute(input, layer, ceil))
            return null;
        if (layer.Inputs <= FewChannels)
            return layer.Kernel <= PooledShape.MostRows ? new ShallowPooledFunction(layer.Kernel, ceil, layer.Padding) : null;
        return IsDeep(layer, input, ceil) ? new DeepPooledFunction(layer.Kernel, ceil) : null;
    }

    /// <summary>Whether products of spectra may be fewer than those of the kernel.</summary>
    internal static bool HasSpectralForm(Conv2d layer) =>
        Lanes8.AreFast && IsOrdinary(layer) && layer is { Stride: 1, Kernel: >= LargeKernel }
        && layer.Inputs % SpectralFunction.ChannelBlock == 0 && layer.Outputs % SpectralFunction.ChannelBlock == 0;

    /// <summary>Whether they are enough fewer for this input.</summary>
    internal static bool IsSpectral(Conv2d layer, Tensor input) => IsSpectral(layer, input, SpectralCost);

    // A window costs four positions and a vector all its lanes, also where the convolution has fewer.
    private static bool IsDeep(Conv2d layer, Tensor input, bool ceil)
    {
        var shape = PooledFunction.ShapeOf(input, (int)layer.Outputs, layer.Kernel, ceil, layer.Padding);
        var (computed, needed) = (4L * shape.Windows * shape.Padded(Lanes16.Count), (long)shape.Rows * shape.Columns * shape.Outputs);
        return Lanes16.AreFast && shape.Images >= ImagesOfDeepKernels && computed <= MostDeepWaste * needed && !IsSpectral(layer, input, SpectralCostOfDeep);
    }

    private static bool IsSpectral(Conv2d layer, Tensor input, int cost)
    {
        if (!HasSpectralForm(layer) || input.Size(1) != layer.Inputs)
            return false;

        var (height, width) = (input.Size(2) + (2 * layer.Padding), input.Size(3) + (2 * layer.Padding));
        if (Math.Min(height, width) < layer.Kernel || Math.Max(height, width) > LargestSpectrum)
            return false;

        var frequencies = height * ((width / 2) + 1);
        var positions = (height - layer.Kernel + 1) * (width - layer.Kernel + 1);
        var images = input.Size(0);
        // Our kernels count a tensor's numbers by an integer.
        if (2 * frequencies * Math.Max(layer.Inputs, layer.Outputs) * (images + 1) > int.MaxValue)
            return false;

        return RealProducts * frequencies * (images + ImagesOfWeights) * cost < positions * layer.Kernel * layer.Kernel * images;
    }

    /// <summary>The layers of a network, those that are computed together as one.</summary>
    internal static Module[] Group(IReadOnlyList<Module> layers)
    {
        var stages = new List<Module>();
        for (var first = 0; first < layers.Count;)
        {
            var length = PooledConvolution.Starts(layers, first) ? PooledConvolution.Length : RunLength(layers, first);
            var run = new LayerRun([.. layers.Skip(first).Take(length)]);
            stages.Add(!IsRun(layers, first, length) ? layers[first] : PooledConvolution.Starts(layers, first) ? new PooledConvolution(run) : run);
            first += length;
        }

        return [.. stages];
    }

    private static bool IsRun(IReadOnlyList<Module> layers, int first, int length) =>
        length > 1 || (layers[first] is Conv2d layer && HasSpectralForm(layer));

    private static int RunLength(IReadOnlyList<Module> layers, int first)
    {
        var length = 1;
        if (layers[first] is Conv2d start && IsOrdinary(start))
        {
            while (first + length < layers.Count && Continues(layers[first + length]) && !PooledConvolution.Starts(layers, first + length))
                length++;
        }

        return length;
    }

    // Where another form may begin, the run ends.
    private static bool Continues(Module layer) =>
        layer is MaxPool2d or Relu || (layer is Conv2d next && IsOrdinary(next) && !HasSpectralForm(next) && !Unrolls(next));

    // Of one group, with a bias.
    private static bool IsOrdinary(Conv2d layer) => layer is { Groups: 1, Bias: not null };
}
