using Stn.Testing;
using Stn.Torch.Files;
using Stn.Torch.Layers;

namespace Stn.Torch.Tests.Files;

public sealed class WeightFileTests : TensorTest
{
    private readonly TemporaryFolder _folder;
    private readonly Sequential _network;

    public WeightFileTests()
    {
        _folder = Own(new TemporaryFolder());
        _network = Own(Create(3));
    }

    [Fact]
    public void Both_kinds_of_file_load_whatever_their_name()
    {
        PyTorchFile.WriteStateDict(_folder["a.pth"], _network.State());
        Safetensors.Write(_folder["a.safetensors"], _network.State());
        Safetensors.Write(_folder["a.bin"], _network.State());
        foreach (var name in new[] { "a.pth", "a.safetensors", "a.bin" })
        {
            using var other = Create(3);
            var fit = other.Load(_folder[name]);
            Assert.True(fit.IsExact);
            Assert.Equal(_network.State().Keys, fit.Matching);
            Assert.Equal(Bytes(_network), Bytes(other));
        }
    }

    [Fact]
    public void What_does_not_fit_is_listed_and_strictly_nothing_is_loaded()
    {
        Write(state =>
        {
            state.Remove("norm.bias");
            state.Add("head.weight", state["fc.bias"]);
        });
        using var other = Create(5);
        var before = Bytes(other);
        var message = Assert.Throws<ArgumentException>(() => other.Load(_folder["a.pt"])).Message;
        Assert.Contains("a.pt: the weights do not fit this network: norm.bias is missing; fc.weight is (3, 2) in the file and (5, 2) in the network; fc.bias is (3)", message);
        Assert.Contains("head.weight is not in the network", message);
        Assert.Equal(before, Bytes(other));

        var fit = other.Load(_folder["a.pt"], strict: false);
        Assert.Equal(["norm.bias"], fit.Missing);
        Assert.Equal(["fc.weight", "fc.bias"], fit.OtherShape.Select(o => o.Name));
        Assert.Equal(["head.weight"], fit.Unexpected);
        Assert.Equal(["norm.weight", "norm.running_mean", "norm.running_var", "norm.num_batches_tracked"], fit.Matching);
        Assert.False(fit.IsExact);
    }

    [Fact]
    public void Files_from_before_batches_were_counted_are_complete()
    {
        Write(state => state.Remove("norm.num_batches_tracked"));
        using var other = Create(3);
        var fit = other.Load(_folder["a.pt"]);
        Assert.True(fit.IsExact);
        Assert.Equal(Bytes(_network), Bytes(other));
    }

    [Fact]
    public void A_file_of_another_network_is_refused_even_if_not_strict()
    {
        PyTorchFile.WriteStateDict(_folder["a.pt"], [KeyValuePair.Create("other", _network.State()["fc.bias"])]);
        Assert.Contains("nothing in it fits this network", Assert.Throws<ArgumentException>(() => _network.Load(_folder["a.pt"], strict: false)).Message);
    }

    [Fact]
    public void A_key_picks_the_weights_out_of_a_checkpoint()
    {
        using var network = new Sequential(("conv", new Conv2d(2, 3, 3)), ("norm", new BatchNorm2d(3)), ("fc", new Linear(4, 2)));
        Assert.True(network.Load(RepositoryFolder.Golden("files", "checkpoint.pt"), key: "state_dict").IsExact);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Contains("gone.pt: there is no such", Assert.Throws<FileNotFoundException>(() => WeightFile.Read(_folder["gone.pt"])).Message);

    private static Sequential Create(int classes) => new(("norm", new BatchNorm2d(2)), ("fc", new Linear(2, classes)));

    private static string[] Bytes(Module network) => [.. network.State().Select(entry => Convert.ToHexString(entry.Value.Data))];

    private void Write(Action<OrderedDictionary<string, HostTensor>> change)
    {
        var state = _network.State();
        change(state);
        PyTorchFile.WriteStateDict(_folder["a.pt"], state);
    }
}
