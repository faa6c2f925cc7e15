using Stn.Torch.Interop;

namespace Stn.Torch.Layers.Convolutions.Spectral;

/// <content>From tensors to transforms, on all threads. Spectra are [frequency][image][real parts of all channels, imaginary parts].</content>
internal sealed unsafe partial class SpectralFunction
{
    private Tensor Compute<T>(Tensor[] inputs, SpectralSizes sizes)
        where T : struct, ILanes<T>
    {
        _image = Spectra<T>(sizes, inputs[0].Permute(0, 2, 3, 1).Contiguous(), sizes.Input, isWeighted: false);
        _weight = WeightSpectra<T>(sizes, inputs[1].Permute(1, 2, 3, 0).Contiguous());
        (_image.Scope, _weight.Scope) = (null, null); // until Dispose
        return Images<T>(sizes, Ops.Bmm.Call(_image, _weight), sizes.Output, isWeighted: true, TensorMemory.Floats(inputs[2].Contiguous()));
    }

    private (Tensor? Image, Tensor? Weight) Differentiate<T>(Tensor gradient, SpectralSizes sizes, bool[] wanted)
        where T : struct, ILanes<T>
    {
        var spectra = Spectra<T>(sizes, gradient, sizes.Output, isWeighted: true);
        var none = Tensor.Zeros([Math.Max(sizes.Inputs, sizes.Outputs)]);
        var image = wanted[0]
            ? Images<T>(sizes, Ops.Bmm.Call(spectra, _weight!.Transpose(1, 2)), sizes.Input, isWeighted: false, TensorMemory.Floats(none))
            : null;
        var weight = wanted[1] ? Kernels<T>(sizes, Ops.Bmm.Call(_image!.Transpose(1, 2), spectra), TensorMemory.Floats(none)) : null;
        return (image, weight);
    }

    // One row more than there are images: a step of a power of two would put all frequencies into the same few lines of the caches.
    private static Tensor Spectra<T>(SpectralSizes sizes, Tensor images, ImageLayout layout, bool isWeighted)
        where T : struct, ILanes<T>
    {
        var (plan, row) = (sizes.Plan, 2 * layout.Channels);
        var spectra = Tensor.Empty(DType.Float32, plan.Frequencies, sizes.Images + 1, row);
        float* from = TensorMemory.Floats(images), to = TensorMemory.Floats(spectra);
        var lines = new SpectrumLayout((nint)(sizes.Images + 1) * row, layout.Channels);
        Parallel.For(sizes.Images, i =>
        {
            using var scratch = new Scratch(plan.Scratch(T.Count));
            var image = from + ((nint)i * layout.Height * layout.Width * layout.Channels);
            for (var channel = 0; channel < layout.Channels; channel += T.Count)
                SpectralTransform.Forward<T>(plan, image + channel, layout, to + ((nint)i * row) + channel, lines, isWeighted, 1, scratch.Floats);
        });
        return spectra.Narrow(1, 0, sizes.Images);
    }

    private static Tensor Images<T>(SpectralSizes sizes, Tensor spectra, ImageLayout layout, bool isWeighted, float* bias)
        where T : struct, ILanes<T>
    {
        var (plan, row) = (sizes.Plan, 2 * layout.Channels);
        var images = Tensor.Empty(DType.Float32, sizes.Images, layout.Height, layout.Width, layout.Channels);
        float* from = TensorMemory.Floats(spectra), to = TensorMemory.Floats(images);
        var lines = new SpectrumLayout((nint)sizes.Images * row, layout.Channels);
        Parallel.For(sizes.Images, i =>
        {
            using var scratch = new Scratch(plan.Scratch(T.Count));
            var image = to + ((nint)i * layout.Height * layout.Width * layout.Channels);
            for (var channel = 0; channel < layout.Channels; channel += T.Count)
                SpectralTransform.Inverse<T>(plan, from + ((nint)i * row) + channel, lines, image + channel, layout, isWeighted, 1, bias + channel, scratch.Floats);
        });
        return images;
    }

    // The complex product by a kernel's conjugate spectrum r + i·s as a real one by ((r, s), (−s, r)): [frequency][2·inputs][2·outputs].
    private static Tensor WeightSpectra<T>(SpectralSizes sizes, Tensor kernels)
        where T : struct, ILanes<T>
    {
        var (plan, layout, inputs, outputs) = (sizes.Plan, sizes.Weight, sizes.Inputs, sizes.Outputs);
        var spectra = Tensor.Empty(DType.Float32, plan.Frequencies, 2 * inputs, 2 * outputs);
        float* from = TensorMemory.Floats(kernels), to = TensorMemory.Floats(spectra);
        var lines = new SpectrumLayout(4 * (nint)inputs * outputs, outputs);
        Parallel.For(inputs, input =>
        {
            using var scratch = new Scratch(plan.Scratch(T.Count));
            var kernel = from + ((nint)input * layout.Height * layout.Width * outputs);
            for (var channel = 0; channel < outputs; channel += T.Count)
                SpectralTransform.Forward<T>(plan, kernel + channel, layout, to + (2 * (nint)input * outputs) + channel, lines, false, -1, scratch.Floats);
        });
        Parallel.For(plan.Frequencies, frequency => SpectralProduct.Complete(to + (frequency * lines.Step), inputs, outputs));
        return spectra;
    }

    private static Tensor Kernels<T>(SpectralSizes sizes, Tensor spectra, float* none)
        where T : struct, ILanes<T>
    {
        var (plan, layout, inputs, outputs) = (sizes.Plan, sizes.Weight, sizes.Inputs, sizes.Outputs);
        var kernels = Tensor.Empty(DType.Float32, inputs, layout.Height, layout.Width, outputs);
        float* from = TensorMemory.Floats(spectra), to = TensorMemory.Floats(kernels);
        var lines = new SpectrumLayout(4 * (nint)inputs * outputs, outputs);
        Parallel.For(plan.Frequencies, frequency => SpectralProduct.Reduce(from + (frequency * lines.Step), inputs, outputs));
        Parallel.For(inputs, input =>
        {
            using var scratch = new Scratch(plan.Scratch(T.Count));
            var kernel = to + ((nint)input * layout.Height * layout.Width * outputs);
            for (var channel = 0; channel < outputs; channel += T.Count)
                SpectralTransform.Inverse<T>(plan, from + (2 * (nint)input * outputs) + channel, lines, kernel + channel, layout, false, -1, none, scratch.Floats);
        });
        return kernels;
    }
}
