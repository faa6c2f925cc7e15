using Stn.Testing;
using Stn.Torch.Layers;

namespace Stn.Torch.Tests.Layers;

/// <summary>Layers against what PyTorch computes (tests/golden/training).</summary>
public sealed class LayerTests : TensorTest
{
    private readonly IReadOnlyDictionary<string, HostTensor> _golden = GoldenFile.Read("training", "layers.safetensors");

    private Tensor Image => Golden("image");

    [Fact]
    public void Convolution_with_stride_and_padding()
    {
        using var conv = new Conv2d(3, 4, 3, stride: 2, padding: 1);
        conv.Load(Part("conv", "weight", "bias"));
        AssertClose.Tensors(Golden("conv.out"), conv.Forward(Image).Detach());
    }

    [Fact]
    public void Pooling()
    {
        AssertClose.Tensors(Golden("max_pool.out"), new MaxPool2d(3, ceil: true).Forward(Image));
        AssertClose.Tensors(Golden("max_pool_floor.out"), new MaxPool2d(3).Forward(Image));
        AssertClose.Tensors(Golden("avg_pool.out"), new AvgPool2d(2, ceil: true).Forward(Image));
    }

    [Fact]
    public void Batch_norm_uses_the_batch_while_training_and_the_running_statistics_after()
    {
        using var norm = new BatchNorm2d(3);
        norm.LoadMatching(Part("norm", "weight", "bias"));
        AssertClose.Tensors(Golden("norm.train"), norm.Forward(Image, Pass.Training).Detach());
        norm.Forward((Image * 2) + 1, Pass.Training);
        var state = norm.State();
        AssertClose.Tensors(Golden("norm.running_mean"), Tensor.From(state["running_mean"]));
        AssertClose.Tensors(Golden("norm.running_var"), Tensor.From(state["running_var"]));
        Assert.Equal(2L, Tensor.From(state["num_batches_tracked"]).Item<long>());
        AssertClose.Tensors(Golden("norm.eval"), norm.Forward(Image).Detach());
        Assert.Equal(state.Select(e => Convert.ToHexString(e.Value.Data)), norm.State().Select(e => Convert.ToHexString(e.Value.Data)));
    }

    [Fact]
    public void Linear_is_its_formula()
    {
        using var linear = new Linear(2, 1);
        linear.Load(new Dictionary<string, HostTensor>
        {
            ["weight"] = Tensor.From([2f, -1], 1, 2).ToHost(),
            ["bias"] = Tensor.From([0.5f], 1).ToHost(),
        });
        Assert.Equal([2.5f, -2.5f], linear.Forward(Tensor.From([3f, 4, 0, 3], 2, 2)).ToArray<float>());
    }

    [Fact]
    public void Relu_and_flatten()
    {
        Assert.Equal([0f, 2], new Relu().Forward(Tensor.From([-1f, 2], 2)).ToArray<float>());
        Assert.Equal([2, 12], new Flatten().Forward(Tensor.Ones([2, 3, 4])).Shape);
    }

    [Fact]
    public void Cross_entropy() =>
        AssertClose.Tensors(Golden("cross_entropy"), Functional.CrossEntropy(Golden("logits"), Golden("labels")));

    [Fact]
    public void The_same_seed_gives_PyTorchs_numbers_and_dropouts()
    {
        TorchRuntime.Seed(5);
        AssertClose.Tensors(Golden("normal"), Tensor.RandomNormal([50]));
        TorchRuntime.Seed(5);
        AssertClose.Tensors(Golden("dropout"), new Dropout(0.4).Forward(Tensor.Ones([50]), Pass.Training));
    }

    /// <summary>By hand: (1 − s)·log(1/p of the label) + s·the mean of log(1/p) over the classes.</summary>
    [Fact]
    public void A_smoothed_label_is_shared_with_all_classes()
    {
        double[] chances = [0.5, 0.25, 0.125, 0.125];
        var logits = Tensor.From(Array.ConvertAll(chances, Math.Log), 1, 4);
        var label = Tensor.From([1L], 1);
        Assert.Equal(2 * Math.Log(2), Functional.CrossEntropy(logits, label).Item<double>(), 1e-12);
        Assert.Equal(((0.8 * 2) + (0.2 * 9 / 4)) * Math.Log(2), Functional.CrossEntropy(logits, label, 0.2).Item<double>(), 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => Functional.CrossEntropy(logits, label, 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Functional.CrossEntropy(logits, label, double.NaN));
    }

    [Fact]
    public void Dropout_drops_its_share_while_training_and_nothing_after()
    {
        using var dropout = new Dropout(0.25);
        var ones = Tensor.Ones([20_000]);
        var dropped = dropout.Forward(ones, Pass.Training).ToArray<float>();
        Assert.InRange(dropped.Count(number => number == 0), 4700, 5300);
        Assert.All(dropped.Where(number => number != 0), number => Assert.Equal(1 / 0.75f, number, 1e-6f));
        Assert.Equal(ones.ToArray<float>(), dropout.Forward(ones).ToArray<float>());
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout(double.NaN));
    }

    [Fact]
    public void New_weights_fill_PyTorchs_bounds()
    {
        TorchRuntime.Seed(1);
        using var conv = new Conv2d(4, 50, 5);
        using var linear = new Linear(64, 100);
        Fills(0.1f, conv.Weight);
        Fills(0.1f, conv.Bias!, 0.8f);
        Fills(0.125f, linear.Weight);
        Fills(0.125f, linear.Bias, 0.8f);
    }

    private static void Fills(float bound, Parameter parameter, float part = 0.95f)
    {
        var numbers = parameter.Value.ToArray<float>();
        Assert.InRange(numbers.Max(), part * bound, bound);
        Assert.InRange(numbers.Min(), -bound, -part * bound);
    }

    private Tensor Golden(string name) => Tensor.From(_golden[name]);

    private Dictionary<string, HostTensor> Part(string prefix, params string[] names) => names.ToDictionary(n => n, n => _golden[$"{prefix}.{n}"]);
}
