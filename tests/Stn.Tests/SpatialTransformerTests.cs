using Stn.Guards;
using Stn.Kernels;
using Stn.Localisation;
using Stn.Testing;
using Stn.Torch;
using Stn.Torch.Layers;
using Stn.Transformations;

namespace Stn.Tests;

public sealed class SpatialTransformerTests : TensorTest
{
    private readonly List<Module> _modules = [];

    [Fact]
    public void A_new_transformer_leaves_its_input_as_it_was()
    {
        var image = Tensor.RandomNormal([2, 1, 28, 28]);
        AssertClose.Tensors(image, Transformer(1, 28).Forward(image), new Tolerance(1e-5, 0));
    }

    [Fact]
    public void It_works_on_64_channels_between_two_convolutions_and_every_parameter_learns()
    {
        TorchRuntime.Seed(3);
        var network = Keep(new Sequential(
            ("conv1", new Conv2d(1, 64, 3)), ("transformer", Transformer(64, 28)), ("conv2", new Conv2d(64, 2, 3))));
        Perturb(network);
        var output = network.Forward(Tensor.RandomNormal([2, 1, 30, 30]), Pass.Training);
        Assert.Equal([2, 2, 26, 26], output.Shape);
        (output * output).Mean().Backward();
        foreach (var (name, parameter) in network.Parameters())
        {
            Assert.True(parameter.Value.Grad is not null, $"{name} has no gradient");
            Assert.True(parameter.Value.Grad!.Abs().Sum().Item<float>() > 0, $"{name} has a gradient of zero");
        }
    }

    [Fact]
    public void Theta_is_a_differentiable_output_that_the_rest_of_a_network_may_use()
    {
        var transformer = Transformer(1, 28);
        transformer.Forward(Tensor.RandomNormal([2, 1, 28, 28]), Pass.Training, out var theta);
        Assert.Equal([2, 6], theta.Shape);
        (theta * theta).Sum().Backward();
        var bias = transformer.Parameters().Single(p => p.Name == "localisation.theta.bias").Parameter;
        Assert.Equal([4f, 0, 0, 0, 4, 0], bias.Value.Grad!.ToArray<float>());
    }

    [Fact]
    public void Warping_matches_the_scalar_reference_and_finite_differences_at_another_output_size()
    {
        var (image, theta, output) = (GradientCheck.Input(8, 2, 3, 6, 5), Example.Theta(2), new Plane(4, 7));
        var transformer = Keep(new SpatialTransformer(new Flatten(), new AffineTransformation(), output: output));
        AssertClose.Values<double>(
            Example.Reference(image, theta, output, AlignCorners.False), transformer.Warp(image, theta).Detach().ToArray<double>());
        GradientCheck.First(given => transformer.Warp(given[0], given[1]), [image, theta]);
    }

    [Theory]
    [InlineData(3, 32, 30, 28, 28)]
    [InlineData(2, 5, 7, 4, 9)]
    [InlineData(2, 6, 5, 1, 1)]
    [InlineData(2, 1, 8, 8, 8)]
    public void Channels_that_are_innermost_stay_so_and_change_no_bit(int images, int channels, int side, int height, int width)
    {
        var transformer = Keep(new SpatialTransformer(
            LocalisationNetwork.FullyConnected(channels, new Plane(side, side), new AffineTransformation()), new AffineTransformation(),
            output: new Plane(height, width)));
        Perturb(transformer);
        var planes = GradientCheck.Input(8, images, channels, side, side).Detach().To(DType.Float32).RequireGrad();
        var last = planes.Detach().ChannelsLast().RequireGrad();
        var (expected, actual) = (transformer.Forward(planes, Pass.Training, out var theta), transformer.Forward(last, Pass.Training, out var other));
        Assert.Equal(last.IsChannelsLast && height * width > 1, actual.IsChannelsLast);
        Assert.Equal(expected.Detach().ToArray<float>(), actual.Detach().ToArray<float>());
        Assert.Equal(theta.Detach().ToArray<float>(), other.Detach().ToArray<float>());
        var (one, two) = (Gradients(expected, theta, planes), Gradients(actual, other, last));
        Assert.Equal(last.IsChannelsLast, two[0].IsChannelsLast);
        foreach (var (first, second) in one.Zip(two))
            Assert.Equal(first.ToArray<float>(), second.ToArray<float>());

        Tensor[] Gradients(Tensor output, Tensor theta, Tensor input) => [.. Autograd.Gradients(
            [(output.Pow(2).Sum() + theta.Pow(2).Sum()).Reshape(1)],
            [input, .. transformer.Parameters().Select(p => p.Parameter.Value)]).OfType<Tensor>()];
    }

    /// <summary>θ depends on U: what flows through it must count once, also where gradients are recorded.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_gradient_that_is_recorded_is_the_one_that_is_not(bool isChannelsLast)
    {
        var transformer = Transformer(2, 28);
        Perturb(transformer);
        var planes = GradientCheck.Input(8, 2, 2, 28, 28).Detach().To(DType.Float32);
        var input = (isChannelsLast ? planes.ChannelsLast() : planes).RequireGrad();
        AssertClose.Tensors(Gradient(createGraph: false), Gradient(createGraph: true).Detach(), new Tolerance(1e-4, 1e-4));

        Tensor Gradient(bool createGraph) => Autograd.Gradients(
            [transformer.Forward(input, Pass.Training).Pow(2).Sum()], [input], createGraph: createGraph)[0]!.Contiguous();
    }

    [Fact]
    public void First_and_second_gradients_through_theta_are_those_of_finite_differences()
    {
        var transformer = Keep(new SpatialTransformer(new ThetaOfMeans(), new AffineTransformation()));
        GradientCheck.First(given => transformer.Forward(given[0], Pass.Training), [GradientCheck.Input(8, 2, 2, 5, 6)]);
        GradientCheck.Second(given => transformer.Forward(given[0], Pass.Training), [GradientCheck.Input(8, 2, 2, 5, 6)]);
    }

    [Fact]
    public void A_penalty_on_theta_lives_on_where_channels_are_innermost()
    {
        var transformer = Transformer(2, 28);
        Perturb(transformer);
        using var scope = new TensorScope();
        var guard = new ThetaGuard { IdentityPenalty = 0.5 };
        var pass = new Pass { IsTraining = true, Replace = guard.Through };
        var image = GradientCheck.Input(8, 2, 2, 28, 28).Detach().To(DType.Float32);
        var output = transformer.Forward(transformer.Forward(image.ChannelsLast(), pass), pass);
        (output.Sum() + guard.Penalty!).Backward();
        Assert.True(guard.Penalty!.Item<float>() > 0);
    }

    [Fact]
    public void Gradients_of_innermost_channels_can_be_differentiated_again()
    {
        var transformer = Transformer(2, 28);
        Perturb(transformer);
        var planes = GradientCheck.Input(8, 2, 2, 28, 28).Detach().To(DType.Float32);
        var (one, two) = (Second(planes.Detach().RequireGrad()), Second(planes.Detach().ChannelsLast().RequireGrad()));
        AssertClose.Tensors(one, two, new Tolerance(1e-4, 1e-4));

        Tensor Second(Tensor input)
        {
            var gradient = Autograd.Gradients([transformer.Forward(input, Pass.Training).Pow(2).Sum()], [input], createGraph: true)[0]!;
            return Autograd.Gradients([gradient.Pow(2).Sum()], [input])[0]!.Contiguous();
        }
    }

    [Fact]
    public void One_convention_serves_grid_and_sampler()
    {
        var (image, theta, output) = (GradientCheck.Input(8, 1, 1, 6, 5), Example.Theta(1), new Plane(6, 5));
        var transformer = Keep(new SpatialTransformer(new Flatten(), new AffineTransformation(), align: AlignCorners.True));
        AssertClose.Values<double>(
            Example.Reference(image, theta, output, AlignCorners.True), transformer.Warp(image, theta).Detach().ToArray<double>());
    }

    [Fact]
    public void An_observer_sees_theta_by_name()
    {
        var transformer = Transformer(1, 28);
        var seen = new List<string>();
        var pass = new Pass { Observer = (module, name, value) => seen.Add($"{module == transformer} {name} {value}") };
        transformer.Forward(Tensor.Zeros([2, 1, 28, 28]), pass);
        Assert.Equal(["True theta (2, 6) Float32"], seen);
    }

    [Fact]
    public void A_localisation_network_with_the_wrong_outputs_is_named()
    {
        var transformer = Keep(new SpatialTransformer(new Flatten(), new AffineTransformation()));
        var error = Assert.Throws<ArgumentException>(() => transformer.Forward(Tensor.Zeros([2, 1, 4, 4])));
        Assert.Contains("(N, 6), got (2, 16)", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => transformer.Forward(Tensor.Zeros([4, 4])));
    }

    [Fact]
    public void An_empty_batch_gives_an_empty_batch()
    {
        Assert.Equal([0, 1, 28, 28], Transformer(1, 28).Forward(Tensor.Zeros([0, 1, 28, 28])).Shape);
    }

    [Fact]
    public void Eight_threads_at_once_get_the_answers_of_one()
    {
        TorchRuntime.Seed(5);
        var network = Keep(new Sequential(("transformer", Transformer(1, 28)), ("conv", new Conv2d(1, 4, 5))));
        Perturb(network);
        var images = Tensor.RandomNormal([4, 1, 28, 28]);
        float[] expected;
        using (new NoGrad())
        {
            expected = network.Forward(images).ToArray<float>();
        }

        var answers = new float[8][];
        Parallel.For(0, answers.Length, new ParallelOptions { MaxDegreeOfParallelism = answers.Length }, i =>
        {
            using var recording = new NoGrad();
            using var scope = new TensorScope();
            for (var again = 0; again < 5; again++)
                answers[i] = network.Forward(images).ToArray<float>();
        });
        Assert.All(answers, answer => AssertClose.Values<float>(expected, answer));
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var module in _modules)
            module.Dispose();
        base.Dispose(disposing);
    }

    private SpatialTransformer Transformer(int channels, int size)
    {
        var affine = new AffineTransformation();
        return Keep(new SpatialTransformer(LocalisationNetwork.Convolutional(channels, new Plane(size, size), affine), affine));
    }

    private T Keep<T>(T module)
        where T : Module
    {
        _modules.Add(module);
        return module;
    }

    // Away from the identity start, where the last layer passes no gradient on.
    private static void Perturb(Module network)
    {
        using var recording = new NoGrad();
        foreach (var (name, parameter) in network.Parameters())
        {
            if (name.Contains("theta.weight", StringComparison.Ordinal))
                parameter.Value.SetNormal(0, 0.05);
        }
    }

    /// <summary>θ from U without parameters: the identity, moved by the mean of a channel.</summary>
    private sealed class ThetaOfMeans : Module
    {
        public override Tensor Forward(Tensor input, Pass pass)
        {
            var mean = input.Flatten(2).Mean().Reshape(1, 1).Expand(input.Size(0), 1);
            var identity = Tensor.From([0.9, 0.1, 0.05, -0.1, 0.8, 0.02], 1, 6).Expand(input.Size(0), 6);
            return identity + (mean * Tensor.From([0.1, 0.2, 0.3, -0.2, 0.1, 0.15], 1, 6));
        }
    }
}
