using Stn.Torch.Layers.Convolutions;

namespace Stn.Torch.Layers;

/// <summary>2-D convolution: (N, in, H, W) to (N, out, H', W'), H' = (H + 2·padding − kernel)/stride + 1.</summary>
/// <remarks>Its shape decides how it is computed, alone and with its neighbours in a <see cref="Sequential"/>; parameters and gradients are the same.</remarks>
public sealed class Conv2d : Module
{
    /// <summary>Weights start uniform over ±1/√(in/groups·kernel²), as in PyTorch.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="kernel">Rows and columns of the kernel.</param>
    /// <param name="stride">Pixels between two positions of the kernel.</param>
    /// <param name="padding">Zeros around the input.</param>
    /// <param name="groups">Into how many parts, each convolved by itself, the channels are split; it divides both numbers of channels.</param>
    /// <param name="bias">Whether a number is added to each output channel; where batch norm follows, it does that.</param>
    public Conv2d(long inputs, long outputs, int kernel, int stride = 1, int padding = 0, int groups = 1, bool bias = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        if (inputs % groups != 0 || outputs % groups != 0)
            throw new ArgumentException($"{groups} groups do not divide {inputs} and {outputs} channels", nameof(groups));

        var fanIn = inputs / groups * kernel * kernel;
        Weight = Initialisation.Uniform(fanIn, outputs, inputs / groups, kernel, kernel);
        Bias = bias ? Initialisation.Uniform(fanIn, outputs) : null;
        (Inputs, Outputs, Kernel, Stride, Padding, Groups) = (inputs, outputs, kernel, stride, padding, groups);
        Prepared = new PreparedWeights(this);
    }

    /// <summary>(out, in/groups, kernel, kernel).</summary>
    public Parameter Weight { get; }

    /// <summary>(out), or null.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Parameter Parameter)> OwnParameters =>
        Bias is null ? [("weight", Weight)] : [("weight", Weight), ("bias", Bias)];

    internal long Inputs { get; }

    internal long Outputs { get; }

    internal int Kernel { get; }

    internal int Stride { get; }

    internal int Padding { get; }

    internal int Groups { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, Pass pass) => ForwardOrdinary(input);

    /// <summary>The weights as inference reads them.</summary>
    internal PreparedWeights Prepared { get; }

    /// <summary>The values of its parameters.</summary>
    internal Tensor[] Learned() => Bias is null ? [Weight.Value] : [Weight.Value, Bias.Value];

    /// <summary>From a dense input to an output in oneDNN's layout.</summary>
    /// <param name="input">(N, in, H, W).</param>
    /// <param name="prepared">The weight of <see cref="Prepared"/>, where nothing is recorded.</param>
    internal Tensor ForwardBlocked(Tensor input, Tensor? prepared = null) =>
        ConvolutionForms.Unrolls(this) ? ForwardUnrolled(input, prepared) : ForwardOrdinary(BlockedLayout.From(input), prepared);

    /// <summary>The same in the form of few channels.</summary>
    internal Tensor ForwardUnrolled(Tensor input, Tensor? prepared = null) => Functional.Conv2d(
        BlockedLayout.From(UnrolledConvolution.Input(input, Kernel)), prepared ?? UnrolledConvolution.Weight(Weight.Value), Bias?.Value);

    /// <summary>From an input in any layout.</summary>
    internal Tensor ForwardOrdinary(Tensor input, Tensor? prepared = null) =>
        Functional.Conv2d(input, prepared ?? Weight.Value, Bias?.Value, Stride, Padding, Groups);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Prepared.Dispose();
        base.Dispose(disposing);
    }
}
