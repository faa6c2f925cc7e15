using Stn.Testing;
using Stn.Torch.Layers;
using Stn.Torch.Layers.Convolutions;
using Stn.Torch.Layers.Convolutions.Spectral;

namespace Stn.Torch.Tests.Layers;

/// <summary>The convolution by spectra against libtorch's.</summary>
public sealed class SpectralConvolutionTests : TensorTest
{
    private static readonly (int Images, int Inputs, int Height, int Width, int Outputs, int Kernel, int Padding)[] Shapes =
    [
        (5, 16, 17, 17, 32, 7, 0),
        (3, 32, 12, 9, 16, 5, 0),
        (2, 16, 8, 11, 16, 5, 2),
        (1, 16, 7, 7, 16, 7, 0),
        (4, 16, 10, 26, 16, 6, 1),
        (2, 48, 1, 2, 16, 1, 0),
    ];

    public static TheoryData<int, bool> ShapesAndVectors()
    {
        var all = new TheoryData<int, bool>();
        for (var shape = 0; shape < Shapes.Length; shape++)
        {
            if (Lanes8.AreFast)
                all.Add(shape, false);
            if (Lanes16.AreFast)
                all.Add(shape, true);
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(ShapesAndVectors))]
    public void Values_and_gradients_are_those_of_the_operator(int shape, bool wide)
    {
        var (images, channels, height, width, outputs, kernel, padding) = Shapes[shape];
        Tensor[] inputs = Inputs(images, channels, height, width, outputs, kernel);
        var expected = Functional.Conv2d(inputs[0], inputs[1], inputs[2], padding: padding);
        var actual = new SpectralFunction(padding, wide).Apply(inputs)[0];
        AssertClose.Tensors(expected.Detach(), actual.Detach().Contiguous(), new Tolerance(3e-5, 3e-5));
        foreach (var (one, other) in Gradients(expected, inputs).Zip(Gradients(actual, inputs)))
            AssertClose.Tensors(one, other.Contiguous(), new Tolerance(1e-4, 1e-4));
    }

    [Fact]
    public void It_is_as_near_to_the_exact_values_as_libtorchs_convolution_or_nearly()
    {
        var inputs = Inputs(8, 64, 17, 17, 64, 7);
        var exact = Functional.Conv2d(inputs[0].To(DType.Float64), inputs[1].To(DType.Float64), inputs[2].To(DType.Float64));
        var direct = Error(Functional.Conv2d(inputs[0], inputs[1], inputs[2]));
        Assert.InRange(Error(new SpectralFunction(0).Apply(inputs)[0]), 0, 4 * direct);

        double Error(Tensor output) => (output.To(DType.Float64) - exact).Pow(2).Mean().Item<double>();
    }

    [Fact]
    public void Gradients_can_be_differentiated_again()
    {
        var inputs = Inputs(2, 16, 9, 9, 16, 5);
        AssertClose.Tensors(
            SecondGradient(Functional.Conv2d(inputs[0], inputs[1], inputs[2]), inputs),
            SecondGradient(new SpectralFunction(0).Apply(inputs)[0], inputs),
            new Tolerance(2e-3, 2e-3));
    }

    [Fact]
    public void A_network_takes_it_for_large_kernels_and_batches_and_leaves_what_is_not_finite_to_libtorch()
    {
        var layer = Own(new Conv2d(16, 16, 7));
        var network = new Sequential(layer, new MaxPool2d(2), new Relu());
        var input = Random(1, 64, 16, 17, 17);
        Assert.Equal(Lanes8.AreFast, ConvolutionForms.IsSpectral(layer, input));
        Assert.False(ConvolutionForms.IsSpectral(layer, input.Narrow(0, 0, 1)));
        AssertClose.Tensors(Plain(network, input), network.Forward(input).Detach().Contiguous(), new Tolerance(3e-5, 3e-5));
        input.DangerousGetSpan<float>()[5] = float.NaN;
        Assert.Equal(Plain(network, input).ToArray<float>(), network.Forward(input).ToArray<float>());
    }

    [Fact]
    public void The_same_step_gives_the_same_bits()
    {
        var inputs = Inputs(33, 16, 17, 17, 16, 7);
        var first = Gradients(new SpectralFunction(0).Apply(inputs)[0], inputs).SelectMany(g => g.ToArray<float>()).ToArray();
        Assert.Equal(first, Gradients(new SpectralFunction(0).Apply(inputs)[0], inputs).SelectMany(g => g.ToArray<float>()));
    }

    private static Tensor Plain(Sequential network, Tensor input) =>
        network.Parts.Aggregate(input, (value, part) => part.Part.Forward(value, Pass.Training)).Detach();

    private static Tensor[] Inputs(int images, int channels, int height, int width, int outputs, int kernel)
    {
        var scale = 1 / Math.Sqrt(channels * kernel * kernel);
        Tensor[] inputs = [Random(1, images, channels, height, width), Random(2, outputs, channels, kernel, kernel) * scale, Random(3, outputs)];
        foreach (var input in inputs)
            input.RequireGrad();
        return inputs;
    }

    private static Tensor[] Gradients(Tensor output, Tensor[] inputs) =>
        [.. Autograd.Gradients([output], inputs, [Random(99, output.Shape)]).OfType<Tensor>()];

    private static Tensor SecondGradient(Tensor output, Tensor[] inputs)
    {
        var gradient = Autograd.Gradients([output.Pow(2).Sum()], [inputs[0]], createGraph: true)[0]!;
        return Autograd.Gradients([gradient.Pow(2).Sum()], [inputs[1]])[0]!;
    }

    private static Tensor Random(int seed, params long[] shape) => GradientCheck.Input(seed, shape).Detach().To(DType.Float32);
}
