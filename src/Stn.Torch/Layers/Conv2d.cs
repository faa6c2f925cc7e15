using Stn.Torch.Layers.Convolutions;

namespace Stn.Torch.Layers;

/// <summary>2-D convolution: (N, in, H, W) to (N, out, H', W'), H' = (H + 2·padding − kernel)/stride + 1.</summary>
/// <remarks>Its shape decides how it is computed, alone and with its neighbours in a <see cref="Sequential"/>; parameters and gradients are the same.</remarks>
public sealed class Conv2d : Module
{
    /// <summary>Weights start uniform over ±1/√(in·kernel²), as in PyTorch.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="kernel">Rows and columns of the kernel.</param>
    /// <param name="stride">Pixels between two positions of the kernel.</param>
    /// <param name="padding">Zeros around the input.</param>
    public Conv2d(long inputs, long outputs, int kernel, int stride = 1, int padding = 0)
    {
        var fanIn = inputs * kernel * kernel;
        Weight = Initialisation.Uniform(fanIn, outputs, inputs, kernel, kernel);
        Bias = Initialisation.Uniform(fanIn, outputs);
        (Inputs, Outputs, Kernel, Stride, Padding) = (inputs, outputs, kernel, stride, padding);
    }

    /// <summary>(out, in, kernel, kernel).</summary>
    public Parameter Weight { get; }

    /// <summary>(out).</summary>
    public Parameter Bias { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Parameter Parameter)> OwnParameters => [("weight", Weight), ("bias", Bias)];

    internal long Inputs { get; }

    internal long Outputs { get; }

    internal int Kernel { get; }

    internal int Stride { get; }

    internal int Padding { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Pass pass) =>
        Functional.Conv2d(input, Weight.Value, Bias.Value, Stride, Padding);

    /// <summary>From a dense input to an output in oneDNN's layout.</summary>
    internal Tensor ForwardBlocked(Tensor input) => ConvolutionForms.Unrolls(this)
        ? ForwardUnrolled(input)
        : Functional.Conv2d(BlockedLayout.From(input), Weight.Value, Bias.Value, Stride, Padding);

    /// <summary>The same in the form of few channels.</summary>
    internal Tensor ForwardUnrolled(Tensor input) => Functional.Conv2d(
        BlockedLayout.From(UnrolledConvolution.Input(input, Kernel)), UnrolledConvolution.Weight(Weight.Value), Bias.Value);
}
