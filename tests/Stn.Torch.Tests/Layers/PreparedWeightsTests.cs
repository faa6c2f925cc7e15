using Stn.Testing;
using Stn.Torch.Layers;
using Stn.Torch.Optimisers;

namespace Stn.Torch.Tests.Layers;

/// <summary>Inference reads weights in an order of its own; what it reads must be the weights as they are now.</summary>
public sealed class PreparedWeightsTests : TensorTest
{
    private static readonly Tolerance Rounding = new(2e-5, 2e-5);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(33)]
    public void Inference_gives_the_values_of_the_layers(int images)
    {
        var network = Own(Network());
        var input = Images(images);
        AssertClose.Tensors(Plain(network, input), Infer(network, input), Rounding);
        AssertClose.Tensors(Plain(network, input), Infer(network, input), Rounding);
    }

    [Fact]
    public void A_convolution_of_few_channels_inside_a_run_is_read_in_its_own_form()
    {
        var network = Own(new Sequential(new Conv2d(8, 4, 3), new Relu(), new Conv2d(4, 8, 5), new Relu()));
        var input = Images(2);
        AssertClose.Tensors(Plain(network, input), Infer(network, input), Rounding);
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("adam")]
    [InlineData("muon")]
    public void A_step_between_forward_and_step_shows_in_the_next_inference(string name)
    {
        var network = Own(Network());
        var input = Images(3);
        using var optimiser = name switch
        {
            "sgd" => new Sgd([ParameterGroup.Of(network)]),
            "adam" => new Adam([ParameterGroup.Of(network)]),
            _ => (Optimiser)new Muon([ParameterGroup.Of(network)], new HashSet<string>()),
        };
        network.Forward(input, Pass.Training).Pow(2).Mean().Backward();
        var before = Infer(network, input).ToArray<float>();
        optimiser.Step(0.1);
        AssertClose.Tensors(Plain(network, input), Infer(network, input), Rounding);
        Assert.NotEqual(before, Infer(network, input).ToArray<float>());
    }

    [Fact]
    public void Loaded_weights_show()
    {
        var (network, other) = (Own(Network()), Own(Network()));
        var input = Images(2);
        Infer(network, input);
        network.Load(other.State());
        Assert.Equal(Infer(other, input).ToArray<float>(), Infer(network, input).ToArray<float>());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_number_that_is_none_shows_and_goes(int parameter)
    {
        var network = Own(Network());
        var input = Images(2);
        var expected = Infer(network, input).ToArray<float>();
        var value = network.Parts[0].Part.OwnParameters[parameter].Parameter.Value;
        var kept = value.Detach().Clone();
        Change(value, tensor => tensor.Fill(float.NaN));
        Assert.Contains(float.NaN, Infer(network, input).ToArray<float>());
        Change(value, tensor => tensor.CopyFrom(kept));
        Assert.Equal(expected, Infer(network, input).ToArray<float>());
    }

    [Fact]
    public void Threads_that_ask_at_once_get_the_same_bits()
    {
        var input = Images(2);
        for (var round = 0; round < 10; round++)
        {
            using var network = Network();
            var results = new float[4][];
            NewThreads.Run(results.Length, number =>
            {
                using var scope = new TensorScope();
                results[number] = Infer(network, input).ToArray<float>();
            });
            Assert.All(results, result => Assert.Equal(results[0], result));
        }
    }

    [Fact]
    public void A_network_frees_what_it_prepared()
    {
        var input = Images(2);
        var live = Tensor.LiveCount;
        using (var network = Network())
        {
            for (var round = 0; round < 3; round++)
            {
                using var scope = new TensorScope();
                Change(network.Parts[0].Part.OwnParameters[0].Parameter.Value, tensor => tensor.MultiplyInPlace(0.9));
                Infer(network, input);
            }
        }

        Assert.Equal(live, Tensor.LiveCount);
    }

    // Two convolutions side by side, as neither has a kernel or a spectrum of ours.
    private static Sequential Network() => new(new Conv2d(8, 20, 3, stride: 2, padding: 1), new Relu(), new Conv2d(20, 6, 3), new MaxPool2d(2), new Relu());

    private static Tensor Images(int count) => Tensor.RandomNormal([count, 8, 17, 22]);

    private static void Change(Tensor value, Action<Tensor> change)
    {
        using var recording = new NoGrad();
        change(value);
    }

    private static Tensor Infer(Sequential network, Tensor input)
    {
        using var recording = new NoGrad();
        return network.Forward(input);
    }

    private static Tensor Plain(Sequential network, Tensor input)
    {
        using var recording = new NoGrad();
        return network.Parts.Aggregate(input, (value, part) => part.Part.Forward(value, Pass.Inference));
    }
}
