using Stn.Testing;
using Stn.Torch.Layers;
using Stn.Torch.Layers.Convolutions;
using Stn.Torch.Layers.Convolutions.Pooled;

namespace Stn.Torch.Tests.Layers;

/// <summary>Our convolution with pooling and ReLU against libtorch's three operators, with the vectors of either processor.</summary>
public sealed class PooledConvolutionTests : TensorTest
{
    private static readonly Tolerance Rounding = new(2e-5, 2e-5);

    private static readonly (int Images, int Channels, int Height, int Width, int Outputs, int Kernel, bool Ceil)[] Shapes =
    [
        (20, 1, 42, 42, 64, 9, false),
        (3, 1, 21, 21, 64, 9, true),
        (17, 1, 21, 30, 20, 5, false),
        (1, 1, 9, 9, 7, 9, true),
        (2, 3, 12, 17, 33, 3, true),
        (2, 2, 10, 11, 3, 1, false),
        (4, 4, 19, 8, 40, 8, true),
        (2, 1, 16, 15, 16, 7, false),
        (2, 1, 16, 15, 16, 2, true),
        (33, 64, 10, 10, 64, 7, false),
        (9, 62, 11, 13, 67, 7, true),
        (3, 21, 19, 16, 5, 5, false),
        (1, 7, 17, 17, 33, 6, true),
        (2, 16, 41, 12, 32, 7, false),
    ];

    public static TheoryData<int, string> ShapesAndKernels()
    {
        var all = new TheoryData<int, string>();
        for (var shape = 0; shape < Shapes.Length; shape++)
        {
            foreach (var kernels in Kernels())
                all.Add(shape, kernels);
        }

        return all;
    }

    public static TheoryData<bool, string> PoolingsAndKernels()
    {
        var all = new TheoryData<bool, string>();
        foreach (var kernels in Kernels())
        {
            all.Add(false, kernels);
            all.Add(true, kernels);
        }

        return all;
    }

    public static TheoryData<string> EachKernels() => [.. Kernels()];

    [Theory]
    [MemberData(nameof(ShapesAndKernels))]
    public void Values_and_gradients_are_those_of_the_three_operators(int shape, string kernels)
    {
        var (images, channels, height, width, outputs, kernel, ceil) = Shapes[shape];
        Tensor[] inputs = [Random(1, images, channels, height, width), Random(2, outputs, channels, kernel, kernel) * (1.0 / kernel), Random(3, outputs)];
        foreach (var input in inputs)
            input.RequireGrad();
        var expected = PooledFunction.Plain(inputs, ceil);
        var actual = Function(kernels, kernel, ceil).Apply(inputs)[0];
        AssertClose.Tensors(expected.Detach(), actual.Detach().Contiguous(), Rounding);
        foreach (var (one, other) in Gradients(expected, inputs).Zip(Gradients(actual, inputs)))
            AssertClose.Tensors(one, other, new Tolerance(2e-4, 2e-4));
    }

    [Theory]
    [InlineData(2, 3, 64, 13, 5, 2, false)]
    [InlineData(3, 1, 20, 20, 3, 1, true)]
    [InlineData(1, 4, 9, 12, 7, 6, false)]
    [InlineData(18, 2, 11, 7, 9, 4, true)]
    public void A_padded_input_of_few_channels_gives_what_the_three_operators_give(int images, int channels, int height, int width, int kernel, int padding, bool ceil)
    {
        Tensor[] inputs = [Random(21, images, channels, height, width).RequireGrad(), (Random(22, 19, channels, kernel, kernel) * (1.0 / kernel)).Detach().RequireGrad(), Random(23, 19).RequireGrad()];
        var expected = PooledFunction.Plain(inputs, ceil, padding);
        var slopes = Gradients(expected, inputs);
        foreach (var wide in new[] { false, true }.Where(wide => wide ? Lanes16.AreFast : Lanes8.AreFast))
        {
            var actual = new ShallowPooledFunction(kernel, ceil, padding, wide).Apply(inputs)[0];
            AssertClose.Tensors(expected.Detach(), actual.Detach().Contiguous(), Rounding);
            foreach (var (one, other) in slopes.Zip(Gradients(actual, inputs)))
                AssertClose.Tensors(one, other, new Tolerance(2e-4, 2e-4));
        }

        using var layer = new Conv2d(channels, 19, kernel, padding: padding);
        Assert.Equal(Lanes8.AreFast, ConvolutionForms.Pooled(layer, inputs[0], ceil) is ShallowPooledFunction);
    }

    [Theory]
    [MemberData(nameof(PoolingsAndKernels))]
    public void What_is_not_finite_in_the_image_goes_where_it_goes_in_the_three_operators(bool ceil, string kernels)
    {
        Tensor[] inputs = [Random(4, 2, 1, 15, 14), Random(5, 20, 1, 5, 5), Random(6, 20)];
        var pixels = inputs[0].DangerousGetSpan<float>();
        (pixels[3], pixels[120], pixels[300]) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity);
        var expected = PooledFunction.Plain(inputs, ceil).ToArray<float>();
        var actual = Function(kernels, 5, ceil).Apply(inputs)[0].ToArray<float>();
        Assert.Contains(float.NaN, expected);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Tolerances.Of(DType.Float32).Accepts(expected[i], actual[i]) || Math.Abs(expected[i] - actual[i]) < 1e-4, $"{i}: {expected[i]}, {actual[i]}");
    }

    [Theory]
    [MemberData(nameof(EachKernels))]
    public void Ties_go_to_the_first_and_zero_passes_no_gradient(string kernels)
    {
        var image = Tensor.Zeros([1, 1, 4, 4]);
        image.Fill(1);
        Tensor[] inputs = [image.RequireGrad(), Tensor.From([1f, 0], 2, 1, 1, 1), Tensor.From([0f, 0], 2)];
        var output = Function(kernels, 1, ceil: false).Apply(inputs)[0];
        var gradient = Autograd.Gradients([output.Sum()], [image])[0]!;
        Assert.Equal([1f, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0], gradient.ToArray<float>());
    }

    [Theory]
    [MemberData(nameof(EachKernels))]
    public void Gradients_can_be_differentiated_again(string kernels)
    {
        Tensor[] inputs = [Random(7, 2, 1, 12, 12).RequireGrad(), Random(8, 6, 1, 5, 5).RequireGrad(), Random(9, 6).RequireGrad()];
        var (expected, actual) = (PooledFunction.Plain(inputs, false), Function(kernels, 5, false).Apply(inputs)[0]);
        AssertClose.Tensors(SecondGradient(expected, inputs), SecondGradient(actual, inputs), new Tolerance(1e-3, 1e-3));
    }

    [Theory]
    [MemberData(nameof(EachKernels))]
    public void The_gradients_have_the_same_bits_for_any_number_of_threads(string kernels)
    {
        Tensor[] inputs = [Random(10, 37, 1, 20, 20).RequireGrad(), Random(11, 20, 1, 5, 5).RequireGrad(), Random(12, 20).RequireGrad()];
        var before = TorchRuntime.Threads;
        try
        {
            var results = new[] { 1, 2, 3 }.Select(threads =>
            {
                TorchRuntime.Threads = threads;
                return Gradients(Function(kernels, 5, false).Apply(inputs)[0], inputs).SelectMany(g => g.ToArray<float>()).ToArray();
            }).ToArray();
            Assert.Equal(results[0], results[1]);
            Assert.Equal(results[0], results[2]);
        }
        finally
        {
            TorchRuntime.Threads = before;
        }
    }

    [Fact]
    public void A_network_runs_the_three_layers_as_one_in_either_order()
    {
        Module[] layers = [new Conv2d(1, 20, 5), new MaxPool2d(2), new Relu()];
        var network = Own(new Sequential(layers));
        Assert.IsType<PooledConvolution>(Assert.Single(ConvolutionForms.Group(layers)));
        Assert.IsType<PooledConvolution>(Assert.Single(ConvolutionForms.Group([layers[0], layers[2], layers[1]])));
        var input = Random(13, 3, 1, 20, 20);
        var plain = layers.Aggregate(input, (value, layer) => layer.Forward(value, Pass.Training));
        AssertClose.Tensors(plain.Detach(), network.Forward(input).Detach().Contiguous(), Rounding);
        Assert.Equal(["0.weight", "0.bias"], network.Parameters().Select(entry => entry.Name));
    }

    [Fact]
    public void Many_channels_have_kernels_of_ours_where_these_are_faster()
    {
        Assert.Equal(Lanes16.AreFast, Choice(256, 64, 10, 64) is DeepPooledFunction);
        Assert.Equal(Lanes16.AreFast, Choice(64, 64, 17, 64) is DeepPooledFunction);
        Assert.Equal(Lanes16.AreFast, Choice(8, 67, 10, 67) is DeepPooledFunction);
        Assert.Null(Choice(1, 64, 10, 64)); // ordering the weights takes longer
        Assert.Null(Choice(256, 64, 7, 64)); // one position, a window has four
        Assert.Null(Choice(256, 20, 28, 20)); // a third of the lanes is empty
        Assert.Null(Choice(256, 64, 26, 64)); // products of spectra
    }

    private static PooledFunction? Choice(int images, int channels, int side, int outputs)
    {
        using var layer = new Conv2d(channels, outputs, 7);
        return ConvolutionForms.Pooled(layer, Tensor.Zeros([images, channels, side, side]), ceil: true);
    }

    private static IEnumerable<string> Kernels()
    {
        if (Lanes8.AreFast)
            yield return "few channels, AVX2";
        if (Lanes16.AreFast)
            yield return "few channels, AVX-512";
        if (Lanes16.AreFast)
            yield return "many channels";
    }

    private static PooledFunction Function(string kernels, int kernel, bool ceil) => kernels switch
    {
        "many channels" => new DeepPooledFunction(kernel, ceil),
        _ => new ShallowPooledFunction(kernel, ceil, 0, kernels == "few channels, AVX-512"),
    };

    private static Tensor[] Gradients(Tensor output, Tensor[] inputs) =>
        [.. Autograd.Gradients([output], inputs, [Random(99, output.Shape)]).OfType<Tensor>()];

    private static Tensor SecondGradient(Tensor output, Tensor[] inputs)
    {
        var gradient = Autograd.Gradients([output.Pow(2).Sum()], [inputs[0]], createGraph: true)[0]!;
        return Autograd.Gradients([gradient.Pow(2).Sum()], [inputs[1]])[0]!;
    }

    private static Tensor Random(int seed, params long[] shape) => GradientCheck.Input(seed, shape).Detach().To(DType.Float32);
}
