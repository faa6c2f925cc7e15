using Stn.Experiments.Training;
using Stn.Testing;
using Stn.Torch;
using Stn.Torch.Files;

namespace Stn.Experiments.Tests.Training;

public sealed class StartTests : TensorTest
{
    private readonly Trial _first = new();
    private readonly Trial _second = new();

    [Theory]
    [InlineData("weights.safetensors")]
    [InlineData("weights.pt")]
    public void A_run_starts_from_what_fits_of_other_weights(string name)
    {
        _first.Train(Trial.Of("rts/cnn-pooled", "epochs=1"));
        var weights = Safetensors.Read(_first.Weights).Tensors;
        if (name.EndsWith(".pt", StringComparison.Ordinal))
            PyTorchFile.WriteStateDict(_first[name], weights);
        else
            Safetensors.Write(_first[name], weights);

        var watcher = new Watcher();
        using var network = Preparation.Network(Catalogue("rts/st-cnn-aff"), Trial.Config($"init={_first[name]}"), watcher.Note);
        var state = network.State();
        Assert.Equal(weights["classifier.conv1.weight"].Data, state["classifier.conv1.weight"].Data);
        Assert.Equal(weights["classifier.fc.bias"].Data, state["classifier.fc.bias"].Data);
        var note = Assert.Single(watcher.Notes);
        Assert.Contains(_first[name], note, StringComparison.Ordinal);
        Assert.Contains("6 of ", note, StringComparison.Ordinal);
        Assert.Contains("transformer.localisation", note, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_which_nothing_fits_are_refused()
    {
        Safetensors.Write(_first["other.safetensors"], [KeyValuePair.Create("a", new HostTensor(DType.Float32, [1], new byte[4]))]);
        var error = Assert.Throws<ArgumentException>(() => _second.Train(Trial.Config($"init={_first["other.safetensors"]}")));
        Assert.Contains("nothing in ", error.Message, StringComparison.Ordinal);
        Assert.Contains("other.safetensors", error.Message, StringComparison.Ordinal);
        Assert.Contains("is missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_not_there_are_named() =>
        Assert.Contains("/nowhere.pt", Assert.Throws<FileNotFoundException>(() => _second.Train(Trial.Config("init=/nowhere.pt"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("transformer", "transformer.")]
    [InlineData("classifier.conv1, classifier.fc", "classifier.conv1.", "classifier.fc.")]
    public void A_frozen_part_keeps_its_weights_while_the_others_learn(string parts, params string[] prefixes)
    {
        var config = Trial.Config("epochs=1", $"freeze={parts}", "weight_decay=0.01");
        using var fresh = Preparation.Network(Catalogue(config.Experiment), config, _ => { });
        var before = fresh.State();
        _first.Train(config);
        foreach (var (name, after) in Safetensors.Read(_first.Weights).Tensors)
        {
            var isFrozen = prefixes.Any(p => name.StartsWith(p, StringComparison.Ordinal));
            Assert.True(isFrozen == after.Data.AsSpan().SequenceEqual(before[name].Data), $"{name}: frozen {isFrozen}, but it {(isFrozen ? "changed" : "did not change")}");
        }
    }

    [Fact]
    public void A_frozen_part_survives_a_resume()
    {
        var config = Trial.Config("epochs=2", "freeze=classifier");
        _first.Train(config);
        _second.Train(config, stopAfter: 8);
        _second.Train(config);
        Assert.Equal(File.ReadAllBytes(_first.Weights), File.ReadAllBytes(_second.Weights));
    }

    [Fact]
    public void An_unknown_part_is_named_with_those_that_there_are()
    {
        var error = Assert.Throws<ArgumentException>(() => _first.Train(Trial.Config("freeze=head")));
        Assert.Contains("'head'", error.Message, StringComparison.Ordinal);
        Assert.Contains("transformer.localisation", error.Message, StringComparison.Ordinal);
        Assert.Contains("classifier.conv2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Something_must_be_left_to_learn()
    {
        var error = Assert.Throws<ArgumentException>(() => _first.Train(Trial.Config("freeze=transformer,classifier")));
        Assert.Contains("nothing is left to learn", error.Message, StringComparison.Ordinal);
    }

    protected override void Dispose(bool disposing)
    {
        _first.Dispose();
        _second.Dispose();
        base.Dispose(disposing);
    }

    private static Experiments.Catalogue.Experiment Catalogue(string name) => Experiments.Catalogue.ExperimentCatalogue.Find(name);
}
