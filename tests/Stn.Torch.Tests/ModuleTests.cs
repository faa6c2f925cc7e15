using Stn.Testing;
using Stn.Torch.Layers;

namespace Stn.Torch.Tests;

public sealed class ModuleTests : TensorTest
{
    private readonly Sequential _network;

    public ModuleTests() => _network = Own(Create());

    [Fact]
    public void Names_are_those_of_a_state_dict()
    {
        Assert.Equal(
            [
                "features.0.weight", "features.0.bias", "features.1.weight", "features.1.bias", "features.1.running_mean",
                "features.1.running_var", "features.1.num_batches_tracked", "classifier.weight", "classifier.bias",
            ],
            _network.Parameters().Select(p => p.Name));
        Assert.Equal(
            ["", "features", "features.0", "features.1", "features.2", "flatten", "classifier"],
            _network.Modules().Select(m => m.Name));
    }

    [Fact]
    public void Buffers_are_saved_but_not_learned()
    {
        Assert.Equal((2 * 9) + 2 + 2 + 2 + (8 * 3) + 3, _network.CountLearned());
        Assert.Equal(3, _network.Parameters().Count(p => !p.Parameter.IsLearned));
        Assert.All(_network.Parameters(), p => Assert.Equal(p.Parameter.IsLearned, p.Parameter.Value.RequiresGrad));
    }

    [Fact]
    public void A_state_goes_into_another_network_of_the_same_kind()
    {
        using var other = Create();
        _network.Forward(Tensor.RandomNormal([4, 1, 4, 4]), Pass.Training);
        var image = Tensor.RandomNormal([2, 1, 4, 4]);
        Assert.NotEqual(_network.Forward(image).ToArray<float>(), other.Forward(image).ToArray<float>());
        other.Load(_network.State());
        Assert.Equal(_network.Forward(image).ToArray<float>(), other.Forward(image).ToArray<float>());
        Assert.Equal(_network.State().Select(e => Convert.ToHexString(e.Value.Data)), other.State().Select(e => Convert.ToHexString(e.Value.Data)));
        Assert.All(other.Parameters(), p => Assert.Equal(p.Parameter.IsLearned, p.Parameter.Value.RequiresGrad));
    }

    [Fact]
    public void A_state_that_does_not_fit_changes_nothing_and_every_difference_is_listed()
    {
        var before = _network.State();
        var state = _network.State();
        state.Remove("features.0.bias");
        state["classifier.weight"] = new HostTensor(DType.Float32, [3, 9], new byte[108]);
        state["features.0.weight"] = new HostTensor(DType.Float32, [2, 1, 3, 3], new byte[72]);
        state["head.weight"] = new HostTensor(DType.Float32, [1], new byte[4]);
        var error = Assert.Throws<ArgumentException>(() => _network.Load(state));
        Assert.Contains("features.0.bias is missing", error.Message);
        Assert.Contains("classifier.weight is (3, 9) in the file and (3, 8) in the network", error.Message);
        Assert.Contains("head.weight is not in the network", error.Message);
        Assert.Equal(3, _network.Differences(state).Count);
        Assert.Equal(before.Select(e => Convert.ToHexString(e.Value.Data)), _network.State().Select(e => Convert.ToHexString(e.Value.Data)));
    }

    [Fact]
    public void What_matches_can_be_loaded_alone()
    {
        var state = new Dictionary<string, HostTensor>
        {
            ["classifier.bias"] = new(DType.Float64, [3], [.. new[] { 1.0, 2, 3 }.SelectMany(BitConverter.GetBytes)]),
            ["classifier.weight"] = new(DType.Float32, [1], new byte[4]),
            ["elsewhere"] = new(DType.Float32, [1], new byte[4]),
        };
        Assert.Equal(["classifier.bias"], _network.LoadMatching(state));
        Assert.Equal([1f, 2, 3], _network.Parameters().Last().Parameter.Value.ToArray<float>());
    }

    [Fact]
    public void A_frozen_part_learns_no_more()
    {
        var features = _network.Parts[0].Part;
        features.Freeze();
        Assert.Equal((8 * 3) + 3, _network.CountLearned());
        _network.Forward(Tensor.RandomNormal([2, 1, 4, 4]), Pass.Training).Sum().Backward();
        Assert.All(features.Parameters(), p => Assert.Null(p.Parameter.Value.Grad));
        Assert.NotNull(_network.Parameters().Last().Parameter.Value.Grad);
    }

    [Fact]
    public void Moving_to_where_it_is_keeps_its_tensors_and_elsewhere_is_refused()
    {
        var before = _network.Parameters().Select(p => p.Parameter.Value).ToArray();
        _network.MoveTo(Device.Cpu);
        Assert.Equal(before, _network.Parameters().Select(p => p.Parameter.Value));
        if (TorchRuntime.CudaDevices == 0)
            Assert.Throws<TorchException>(() => _network.MoveTo(Device.Cuda()));
    }

    [Fact]
    public void An_observer_is_handed_through()
    {
        var seen = new List<string>();
        var pass = new Pass { IsTraining = true, Observer = (module, name, tensor) => seen.Add($"{module.GetType().Name} {name} {tensor}") };
        using var network = new Sequential(new Observed());
        network.Forward(Tensor.Ones([2]), pass);
        network.Forward(Tensor.Ones([2]));
        Assert.Equal(["Observed input (2) Float32"], seen);
    }

    [Fact]
    public void Disposing_twice_frees_once()
    {
        _network.Dispose();
        _network.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _network.Forward(Tensor.Ones([1, 1, 4, 4])));
    }

    private static Sequential Create() => new(
        ("features", new Sequential(new Conv2d(1, 2, 3), new BatchNorm2d(2), new Relu())),
        ("flatten", new Flatten()),
        ("classifier", new Linear(8, 3)));

    private sealed class Observed : Module
    {
        public override Tensor Forward(Tensor input, Pass pass)
        {
            pass.Observer?.Invoke(this, "input", input);
            return input;
        }
    }
}
