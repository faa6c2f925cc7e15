using Stn.Testing;
using Stn.Torch.Layers;

namespace Stn.Torch.Tests;

public sealed class InsertionTests : TensorTest
{
    [Fact]
    public void A_module_goes_before_a_layer_and_all_names_stay()
    {
        using var network = Create();
        var names = network.Parameters().Select(p => p.Name).ToArray();
        var x = Tensor.RandomNormal([3, 4]);
        var expected = Layer(network, "1").Forward(Layer(network, "0").Forward(x).Relu()).Detach();
        network.InsertBefore("1", new Relu(), "before");
        AssertClose.Tensors(expected, network.Forward(x).Detach());
        Assert.Equal(names, network.Parameters().Select(p => p.Name));
        network.InsertBefore("1.before", new Linear(2, 2), "deeper");
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias", "1.before.deeper.weight", "1.before.deeper.bias"], network.Parameters().Select(p => p.Name));
    }

    [Fact]
    public void A_dry_run_finds_what_reaches_a_layer_and_leaves_no_trace()
    {
        using var network = Create();
        var modules = network.Modules().Select(m => m.Module).ToArray();
        Assert.Equal([3, 2], network.InputShapeOf("1", Tensor.Ones([3, 4])));
        Assert.Throws<TorchException>(() => network.InputShapeOf("1", Tensor.Ones([3, 5])));
        Assert.Equal(modules, network.Modules().Select(m => m.Module));
    }

    [Fact]
    public void A_layer_that_the_network_does_not_run_has_no_input()
    {
        using var network = new Idle();
        Assert.Contains("no input reaches the layer idle", Assert.Throws<ArgumentException>(() => network.InputShapeOf("idle", Tensor.Ones([1]))).Message);
    }

    [Fact]
    public void Modules_without_slots_say_so()
    {
        using var linear = new Linear(1, 1);
        Assert.Contains("offers none to be exchanged", Assert.Throws<ArgumentException>(() => linear.InsertBefore("weight", new Relu(), "before")).Message);
    }

    [Fact]
    public void Names_that_would_clash_are_refused()
    {
        using var network = Create();
        using var linear = new Linear(2, 2);
        Assert.Contains("'weight' already", Assert.Throws<ArgumentException>(() => network.InsertBefore("1", linear, "weight")).Message);
        Assert.Contains("no dot", Assert.Throws<ArgumentException>(() => network.InsertBefore("1", linear, "a.b")).Message);
        Assert.Contains("two parts are named 'a'", Assert.Throws<ArgumentException>(() => new Sequential(("a", linear), ("a", linear))).Message);
    }

    private static Sequential Create() => new(new Linear(4, 2), new Linear(2, 3));

    private static Module Layer(Module network, string name) => network.Modules().Single(m => m.Name == name).Module;

    private sealed class Idle() : Composite(("idle", new Relu()))
    {
        public override Tensor Forward(Tensor input, Pass pass) => input;
    }
}
