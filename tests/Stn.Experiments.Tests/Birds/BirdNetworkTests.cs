using Stn.Experiments.Birds;
using Stn.Experiments.Catalogue;
using Stn.Experiments.Training;
using Stn.Models;
using Stn.Testing;
using Stn.Torch;
using Stn.Torch.Files;

namespace Stn.Experiments.Tests.Birds;

public sealed class BirdNetworkTests : TensorTest
{
    private const string Small = "resnet10-narrow";

    [Theory]
    [InlineData(2, new[] { -0.5f, 0, 0.5f, 0 })]
    [InlineData(4, new[] { -0.5f, -0.5f, 0.5f, -0.5f, -0.5f, 0.5f, 0.5f, 0.5f })]
    public void Windows_of_half_the_side_begin_as_tiles_and_backbones_see_what_they_show(int windows, float[] middles)
    {
        TorchRuntime.Seed(1);
        using var network = new BirdNetwork(windows, 128, 64, Small, Dropout: 0, Classes: 7).Create();
        var transformers = network.Modules().Select(m => m.Module).OfType<ParallelTransformers>().Single().Transformers;
        var images = Tensor.RandomUniform([2, 3, 128, 128]);
        var thetas = new List<float>();
        var logits = network.Forward(images, new Pass { Observer = (_, _, theta) => thetas.AddRange(theta.Narrow(0, 0, 1).ToArray<float>()) });
        Assert.Equal([2, 7], logits.Shape);
        Assert.Equal(middles, thetas);
        // A tile's pixels are the image's own: 64 of 128 at a scale of one half.
        var first = transformers[0].Warp(images, Tensor.From([middles[0], middles[1], middles[0], middles[1]], 2, 2));
        Assert.Equal([2, 3, 64, 64], first.Shape);
        var expected = images.Narrow(2, windows == 2 ? 32 : 0, 64).Narrow(3, 0, 64);
        Assert.True((first - expected).Abs().Max().Item<float>() < 1e-6);
    }

    [Fact]
    public void The_CNN_is_one_backbone_on_the_whole_image()
    {
        using var network = new BirdNetwork(0, 64, 64, Small, Dropout: 0.3, Classes: 7).Create();
        Assert.Single(network.Modules(), m => m.Module is Backbone);
        Assert.Equal(["normalise", "descriptors", "dropout", "classifier"], network.Parts.Select(p => p.Name));
    }

    /// <summary>Inception-BN has 1024 channels; 448 pixels are averaged to 224 before the localisation network, whose map is 7×7.</summary>
    [Theory]
    [InlineData("cub/2st-cnn-224", false)]
    [InlineData("cub/4st-cnn-448", true)]
    public void The_papers_localisation_network_is_there(string name, bool averages)
    {
        using var network = ExperimentCatalogue.Find(name).Network();
        var shapes = network.Parameters().ToDictionary(p => p.Name, p => p.Parameter.Value.Shape.ToArray());
        Assert.Equal([128, 1024, 1, 1], shapes["transformers.localisation.reduce.weight"]);
        Assert.Equal([128, 128 * 7 * 7], shapes["transformers.localisation.fc.weight"]);
        Assert.Equal([name.Contains("4st", StringComparison.Ordinal) ? 8 : 4, 128], shapes["transformers.localisation.theta.weight"]);
        Assert.Equal(averages, network.Modules().Any(m => m.Name == "transformers.localisation.downsample"));
        Assert.Contains("transformers.localisation.features.backbone.conv1_7x7_s2.weight", shapes.Keys);
        Assert.Contains("descriptors.1.conv1_7x7_s2.weight", shapes.Keys);
    }

    [Fact]
    public void Weights_of_a_backbone_go_to_every_one_that_is_inside()
    {
        using var folder = new TemporaryFolder();
        TorchRuntime.Seed(5);
        using var trained = Backbones.ByName(Small, classes: 1000);
        Safetensors.Write(folder["weights.safetensors"], trained.State());
        var notes = new List<string>();
        var config = ExperimentCatalogue.Find("cub-small/2st-cnn-128").Config(Protocols.Fast) with { Init = folder["weights.safetensors"] };
        using var network = Preparation.Network(ExperimentCatalogue.Find(config), config, notes.Add);
        Assert.Equal(3, notes.Count);
        Assert.All(notes, note => Assert.Contains("fc.weight", note, StringComparison.Ordinal)); // the classifier, which is not taken
        var expected = trained.Parameters().Single(p => p.Name == "conv1.weight").Parameter.Value;
        var taken = network.Parameters().Where(p => p.Name.EndsWith("conv1.weight", StringComparison.Ordinal) && !p.Name.Contains("layer", StringComparison.Ordinal)).ToArray();
        Assert.Equal(3, taken.Length);
        Assert.All(taken, p => Assert.Equal(expected.ToArray<float>(), p.Parameter.Value.ToArray<float>()));
    }

    [Fact]
    public void Another_backbone_is_a_setting_and_an_unknown_one_an_error()
    {
        var config = ConfigFile.Apply(ExperimentCatalogue.Find("cub-small/2st-cnn-128").Config(Protocols.Fast), ["backbone=resnet18"]);
        using var network = ExperimentCatalogue.Find(config).Network();
        Assert.Equal([200, 2 * 512], network.Parameters().Single(p => p.Name == "classifier.weight").Parameter.Value.Shape);
        Assert.Contains("resnet18", Assert.Throws<ArgumentException>(() => ConfigFile.Apply(config, ["backbone=vgg"])).Message, StringComparison.Ordinal);
        var digits = ExperimentCatalogue.Find("rts/cnn").Config(Protocols.Fast) with { Backbone = "resnet18" };
        Assert.Contains("has no backbone to choose", Assert.Throws<ArgumentException>(() => ExperimentCatalogue.Find(digits)).Message, StringComparison.Ordinal);
    }

    /// <summary>Appendix A.6: 0.1, a tenth of it from 10,000, 20,000 and 25,000 steps on.</summary>
    [Fact]
    public void The_papers_rate_falls_at_its_steps()
    {
        var config = ExperimentCatalogue.Find("cub/4st-cnn-448").Config(Protocols.Paper);
        var schedule = Schedules.Of(config, 30_000);
        Assert.Equal([0.1, 0.1, 0.01, 0.01, 0.001, 0.0001], new long[] { 0, 9_999, 10_000, 19_999, 20_000, 25_000 }.Select(step => Math.Round(schedule.At(step), 10)));
        Assert.Contains("steps_at", Assert.Throws<ArgumentException>(() => ConfigFile.Apply(config, ["steps_at=5,4"])).Message, StringComparison.Ordinal);
    }
}
