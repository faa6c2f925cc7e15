using Stn.Testing;
using Stn.Torch.Layers;
using Stn.Torch.Optimisers;

namespace Stn.Torch.Tests.Optimisers;

/// <summary>Whole training runs against PyTorch's, from the same weights on the same data (tests/golden/training).</summary>
public sealed class TrainingTests : TensorTest
{
    private const int Steps = 20;
    private static readonly Tolerance PyTorchs = new(1e-6, 0);
    private readonly IReadOnlyDictionary<string, HostTensor> _start = GoldenFile.Read("training", "start.safetensors");
    private readonly Sequential _network;

    public TrainingTests()
    {
        TorchRuntime.Threads = 1; // as the script that wrote the golden files
        _network = Own(TinyNetwork.Create());
    }

    [Fact]
    public void Sgd_with_momentum_and_weight_decay() => Follows("sgd", new Schedule.Constant(0.05), g => new Sgd(g, 0.9, 0.01));

    [Fact]
    public void Plain_sgd() => Follows("plain_sgd", new Schedule.Constant(0.05), g => new Sgd(g));

    [Fact]
    public void Adam_with_weight_decay() => Follows("adam", new Schedule.Constant(0.003), g => new Adam(g, weightDecay: 0.01));

    [Fact]
    public void AdamW() => Follows("adamw", new Schedule.Constant(0.003), g => new Adam(g, weightDecay: 0.1, decoupled: true));

    [Fact]
    public void Adam_under_one_cycle() => Follows("one_cycle", new Schedule.OneCycle(0.01, Steps + 1), g => new Adam(g));

    [Fact]
    public void A_run_that_was_cut_off_and_resumed_gives_the_same_bits()
    {
        foreach (var make in new Func<IReadOnlyList<ParameterGroup>, Optimiser>[] { g => new Sgd(g, 0.9, 0.01), g => new Adam(g, decoupled: true, weightDecay: 0.1) })
        {
            var schedule = new Schedule.OneCycle(0.01, Steps);
            Restart();
            using var uninterrupted = make([ParameterGroup.Of(_network)]);
            Train(uninterrupted, schedule, 0, Steps);
            var expected = Bytes(_network.State(), uninterrupted.State());

            Restart();
            using var first = make([ParameterGroup.Of(_network)]);
            Train(first, schedule, 0, 8);
            var (weights, state) = (_network.State(), first.State());

            using var network = TinyNetwork.Create();
            using var second = make([ParameterGroup.Of(network)]);
            network.Load(weights);
            second.Load(state);
            Train(second, schedule, 8, Steps, network);
            Assert.Equal(Steps, second.StepCount);
            Assert.Equal(expected, Bytes(network.State(), second.State()));
        }
    }

    protected override void Dispose(bool disposing)
    {
        TorchRuntime.Threads = Environment.ProcessorCount;
        base.Dispose(disposing);
    }

    private static string[] Bytes(params OrderedDictionary<string, HostTensor>[] states) =>
        [.. states.SelectMany(state => state).Select(entry => $"{entry.Key} {Convert.ToHexString(entry.Value.Data)}")];

    private void Follows(string golden, Schedule schedule, Func<IReadOnlyList<ParameterGroup>, Optimiser> make)
    {
        var expected = GoldenFile.Read("training", $"{golden}.safetensors");
        Restart();
        using var optimiser = make([ParameterGroup.Of(_network)]);
        var losses = Train(optimiser, schedule, 0, Steps);
        AssertClose.Values(Tensor.From(expected["losses"]).ToArray<double>(), losses, PyTorchs);
        foreach (var (name, parameter) in _network.Parameters())
            AssertClose.Tensors(Tensor.From(expected[name]), parameter.Value.Detach(), PyTorchs);
    }

    private void Restart() => Assert.Equal(6, _network.LoadMatching(_start).Count);

    private double[] Train(Optimiser optimiser, Schedule schedule, int from, int to, Module? network = null)
    {
        var (images, labels) = (Tensor.From(_start["images"]), Tensor.From(_start["labels"]));
        var losses = new List<double>();
        for (var step = from; step < to; step++)
        {
            using var scope = new TensorScope();
            var loss = Functional.CrossEntropy((network ?? _network).Forward(images.Select(0, step), Pass.Training), labels.Select(0, step));
            optimiser.ZeroGrad();
            loss.Backward();
            optimiser.Step(schedule.At(step));
            losses.Add(loss.Item<float>());
        }

        return [.. losses];
    }
}
