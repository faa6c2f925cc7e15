using Stn.Torch.Interop;

namespace Stn.Torch.Layers.Convolutions.Spectral;

/// <summary>
/// A convolution of many channels with a large kernel as products of spectra: (x, W, b) to x ⋆ W + b, stride 1. For each frequency one
/// matrix product of images × input channels by input × output channels replaces the kernel's k² of them.
/// </summary>
/// <param name="padding">Zeros around the input.</param>
/// <param name="isWide">Whether AVX-512 computes, else AVX2.</param>
internal sealed partial class SpectralFunction(int padding, bool isWide) : CustomFunction, IDisposable
{
    private Tensor? _image;
    private Tensor? _weight;

    /// <summary>Channels come in vectors of so many.</summary>
    internal const int ChannelBlock = 16;

    /// <summary>With the widest vectors that there are.</summary>
    internal SpectralFunction(int padding)
        : this(padding, Lanes16.AreFast)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _image?.Dispose();
        _weight?.Dispose();
    }

    /// <inheritdoc/>
    protected internal override Tensor[] Forward(FunctionContext context, Tensor[] inputs)
    {
        context.Save(inputs);
        var sizes = new SpectralSizes(inputs[0], inputs[1], padding);
        var output = isWide ? Compute<Lanes16>(inputs, sizes) : Compute<Lanes8>(inputs, sizes);
        return [output.Permute(0, 3, 1, 2)];
    }

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(FunctionContext context, Tensor[] gradients)
    {
        var inputs = context.Saved(3);
        var wanted = Enumerable.Range(0, inputs.Length).Select(context.NeedsGrad).ToArray();
        if (NoGrad.IsRecording)
            return RecordedGradients(nodes => Functional.Conv2d(nodes[0], nodes[1], nodes[2], padding: padding), inputs, wanted, gradients[0]);

        var sizes = new SpectralSizes(inputs[0], inputs[1], padding);
        var gradient = gradients[0].Permute(0, 2, 3, 1).Contiguous();
        var (image, weight) = isWide ? Differentiate<Lanes16>(gradient, sizes, wanted) : Differentiate<Lanes8>(gradient, sizes, wanted);
        return
        [
            image?.Permute(0, 3, 1, 2), weight?.Permute(3, 0, 1, 2).Contiguous(),
            wanted[2] ? Ops.SumDim.Call(gradient, new long[] { 0, 1, 2 }) : null,
        ];
    }
}
