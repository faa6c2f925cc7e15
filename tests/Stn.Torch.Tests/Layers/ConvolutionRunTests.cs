using Stn.Testing;
using Stn.Torch.Layers;
using Stn.Torch.Layers.Convolutions;
using Stn.Torch.Optimisers;

namespace Stn.Torch.Tests.Layers;

/// <summary>Layers that are computed together against the same layers one after the other.</summary>
public sealed class ConvolutionRunTests : TensorTest
{
    // Sums of up to thousands of products in another order.
    private static readonly Tolerance Rounding = new(2e-5, 2e-5);

    public static TheoryData<int, int, int, int, bool> Shapes => new()
    {
        // channels, height, width, images, ceil
        { 1, 42, 42, 4, false },
        { 1, 21, 21, 3, true },
        { 3, 23, 29, 2, true },
        { 5, 30, 26, 1, false },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_run_gives_the_values_and_gradients_of_its_layers(int channels, int height, int width, int images, bool ceil)
    {
        var network = Own(Network(channels, ceil));
        var input = Random(1, images, channels, height, width);
        Compare(network, input, input);
    }

    /// <summary>The second place's input depends on the weights of the first: each path counts once, also where gradients are recorded.</summary>
    [Fact]
    public void A_layer_that_stands_in_two_runs_has_the_gradient_of_both_places_once()
    {
        var twice = Own(new Conv2d(4, 4, 3, padding: 1));
        var network = new Sequential(twice, new Relu(), new AvgPool2d(2), twice, new Relu());
        var input = GradientCheck.Input(5, 2, 4, 12, 12).Detach().To(DType.Float32).RequireGrad();
        foreach (var by in new[] { input, twice.Weight.Value, twice.Bias!.Value })
            AssertClose.Tensors(Gradient(by, createGraph: false), Gradient(by, createGraph: true).Detach(), new Tolerance(1e-4, 1e-4));

        Tensor Gradient(Tensor by, bool createGraph) =>
            Autograd.Gradients([network.Forward(input, Pass.Training).Pow(2).Sum()], [by], createGraph: createGraph)[0]!;
    }

    [Fact]
    public void Inputs_that_are_not_contiguous_are_read_in_their_order()
    {
        var network = Own(Network(2, ceil: false));
        var input = Random(2, 3, 24, 28, 2).Permute(0, 3, 1, 2);
        Compare(network, input, input.Contiguous());
    }

    [Fact]
    public void A_layer_that_stands_in_a_run_twice_learns_from_both_places_once()
    {
        var layer = Own(new Conv2d(8, 8, 3, padding: 1));
        var relu = new Relu();
        var input = Random(4, 2, 8, 12, 12);
        Tensor Gradient(Tensor output) => Autograd.Gradients([output.Pow(2).Sum()], [layer.Weight.Value])[0]!;
        var expected = Gradient(layer.Forward(relu.Forward(layer.Forward(input, Pass.Training), Pass.Training), Pass.Training));
        var network = new Sequential(("first", layer), ("relu", relu), ("second", layer));
        AssertClose.Tensors(expected, Gradient(network.Forward(input, Pass.Training)).Contiguous(), new Tolerance(1e-3, 1e-4));
    }

    [Fact]
    public void A_run_passes_NaN_and_infinity_as_its_layers_do()
    {
        var network = Own(Network(1, ceil: false));
        var input = Random(3, 2, 1, 24, 24);
        var pixels = input.DangerousGetSpan<float>();
        pixels[700] = float.PositiveInfinity;
        Assert.Equal(Plain(network, input).ToArray<float>().Select(Kind), network.Forward(input).ToArray<float>().Select(Kind));
        pixels[30] = float.NaN;
        Assert.Contains(float.NaN, network.Forward(input).ToArray<float>());
        Assert.Equal(Plain(network, input).ToArray<float>().Select(Kind), network.Forward(input).ToArray<float>().Select(Kind));
    }

    [Fact]
    public void A_weight_that_is_not_a_number_shows_in_the_output()
    {
        var network = Own(Network(1, ceil: false));
        ((Conv2d)network.Parts[0].Part).Weight.Value.DangerousGetSpan<float>()[5] = float.NaN;
        Assert.Contains(float.NaN, network.Forward(Random(9, 2, 1, 24, 24)).ToArray<float>());
    }

    [Fact]
    public void Gradients_of_a_run_can_be_differentiated_again()
    {
        var network = Own(Network(2, ceil: false));
        var input = Random(4, 2, 2, 24, 24).RequireGrad();
        AssertClose.Tensors(SecondGradient(Plain(network, input), input), SecondGradient(network.Forward(input), input), Rounding);
    }

    [Fact]
    public void A_graph_that_is_retained_gives_the_same_gradients_twice()
    {
        var network = Own(Network(1, ceil: false));
        var input = Random(5, 2, 1, 24, 24).RequireGrad();
        var loss = network.Forward(input).Pow(2).Sum();
        var first = Autograd.Gradients([loss], [input], retainGraph: true)[0]!;
        Assert.Equal(first.ToArray<float>(), Autograd.Gradients([loss], [input])[0]!.ToArray<float>());
    }

    [Fact]
    public void What_is_frozen_gets_no_gradient()
    {
        var network = Own(Network(1, ceil: false));
        network.Parts[0].Part.Freeze();
        network.Forward(Random(6, 2, 1, 24, 24), Pass.Training).Sum().Backward();
        Assert.Null(((Conv2d)network.Parts[0].Part).Weight.Value.Grad);
        Assert.NotNull(((Conv2d)network.Parts[3].Part).Weight.Value.Grad);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(16, 7)]
    public void An_input_with_other_channels_is_refused_as_by_the_layer(int channels, int kernel)
    {
        var network = Own(new Sequential(new Conv2d(channels, 16, kernel), new MaxPool2d(2), new Relu()));
        var error = Assert.Throws<TorchException>(() => network.Forward(Random(12, 64, channels + 1, 17, 17)));
        Assert.Contains("aten::conv2d", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_that_is_exchanged_is_run()
    {
        var network = Own(new Sequential(new Conv2d(1, 20, 5), new MaxPool2d(2), new Relu()));
        var input = Random(10, 2, 1, 24, 24);
        Assert.Equal([2, 20, 10, 10], network.Forward(input).Shape);
        network.Slots[1].Exchange(new MaxPool2d(4));
        Assert.Equal([2, 20, 5, 5], network.Forward(input).Shape);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public void Groups_and_convolutions_without_bias_are_computed_too(int groups, bool bias)
    {
        var network = Own(new Sequential(
            new Conv2d(2, 20, 5, groups: groups, bias: bias), new MaxPool2d(3, stride: 2, padding: 1), new Relu(), new Conv2d(20, 4, 3)));
        var input = Random(11, 2, 2, 20, 20);
        AssertClose.Tensors(Plain(network, input).Detach(), network.Forward(input).Detach().Contiguous(), Rounding);
    }

    [Fact]
    public void No_images_give_no_outputs()
    {
        var network = Own(Network(1, ceil: false));
        Assert.Equal([0, 6, 4, 4], network.Forward(Tensor.Zeros([0, 1, 24, 24])).Shape);
    }

    [Fact]
    public void A_kernel_whose_columns_are_unrolled_into_channels_gives_the_same()
    {
        var layer = Own(new Conv2d(2, 7, 5));
        var input = Random(7, 3, 2, 17, 14).RequireGrad();
        var plain = layer.Forward(input);
        var unrolled = Functional.Conv2d(UnrolledConvolution.Input(input, 5), UnrolledConvolution.Weight(layer.Weight.Value), layer.Bias!.Value);
        AssertClose.Tensors(plain.Detach(), unrolled.Detach(), Rounding);
        AssertClose.Tensors(plain.Detach(), BlockedLayout.ToDense(layer.ForwardUnrolled(input)).Detach(), Rounding);
        var expected = Gradients(plain, [input, layer.Weight.Value, layer.Bias!.Value]);
        var actual = Gradients(unrolled, [input, layer.Weight.Value, layer.Bias!.Value]);
        foreach (var (one, other) in expected.Zip(actual))
            AssertClose.Tensors(one, other, Rounding);
    }

    [Fact]
    public void Fifty_steps_of_training_go_the_same_way()
    {
        var (network, twin) = (Own(Network(1, ceil: false)), Own(Network(1, ceil: false)));
        twin.Load(network.State());
        var (optimiser, other) = (Own(new Sgd([ParameterGroup.Of(network)], 0.9)), Own(new Sgd([ParameterGroup.Of(twin)], 0.9)));
        for (var step = 0; step < 50; step++)
        {
            using var scope = new TensorScope();
            var input = Random(100 + step, 8, 1, 24, 24);
            var loss = Step(optimiser, network.Forward(input, Pass.Training));
            var expected = Step(other, Plain(twin, input));
            Assert.InRange(Math.Abs(loss - expected), 0, 1e-4 * (1 + Math.Abs(expected)));
        }
    }

    [Fact]
    public void The_same_step_gives_the_same_bits()
    {
        var network = Own(Network(1, ceil: false));
        var input = Random(8, 16, 1, 24, 24);
        var first = Gradients(network.Forward(input), Values(network)).SelectMany(g => g.ToArray<float>()).ToArray();
        Assert.Equal(first, Gradients(network.Forward(input), Values(network)).SelectMany(g => g.ToArray<float>()));
    }

    private static Sequential Network(int channels, bool ceil) => new(
        new Conv2d(channels, 20, 9), new MaxPool2d(2, ceil), new Relu(),
        new Conv2d(20, 6, 3, padding: 1), new Relu(), new MaxPool2d(2, ceil));

    private static float Step(Optimiser optimiser, Tensor output)
    {
        optimiser.ZeroGrad();
        var loss = (output - 0.3).Pow(2).Mean();
        loss.Backward();
        optimiser.Step(0.05);
        return loss.Item<float>();
    }

    private static void Compare(Sequential network, Tensor input, Tensor same)
    {
        var (one, other) = (input.Detach().RequireGrad(), same.Detach().RequireGrad());
        var (actual, expected) = (network.Forward(one, Pass.Training), Plain(network, other));
        AssertClose.Tensors(expected.Detach(), actual.Detach(), Rounding);
        using (new NoGrad())
            AssertClose.Tensors(expected.Detach(), network.Forward(one), Rounding);
        foreach (var (left, right) in Gradients(expected, [other, .. Values(network)]).Zip(Gradients(actual, [one, .. Values(network)])))
            AssertClose.Tensors(left, right, new Tolerance(2e-4, 2e-4));
    }

    private static Tensor Plain(Sequential network, Tensor input) =>
        network.Parts.Aggregate(input, (value, part) => part.Part.Forward(value, Pass.Training));

    private static Tensor[] Values(Module network) => [.. network.Parameters().Select(entry => entry.Parameter.Value)];

    private static Tensor[] Gradients(Tensor output, Tensor[] inputs) =>
        [.. Autograd.Gradients([output], inputs, [Random(99, output.Shape)]).OfType<Tensor>()];

    private static Tensor SecondGradient(Tensor output, Tensor input)
    {
        var gradient = Autograd.Gradients([output.Pow(2).Sum()], [input], createGraph: true)[0]!;
        return Autograd.Gradients([gradient.Pow(2).Sum()], [input])[0]!;
    }

    private static Tensor Random(int seed, params long[] shape) => GradientCheck.Input(seed, shape).Detach().To(DType.Float32);

    private static int Kind(float value) => float.IsNaN(value) ? 2 : float.IsFinite(value) ? 0 : 1;
}
