using Stn.Testing;
using Stn.Torch;
using Stn.Torch.Files;

namespace Stn.Models.Tests;

public sealed class BackboneTests : TensorTest
{
    public BackboneTests() => TorchRuntime.Seed(3);

    [FactWithTorchvision]
    public void ResNet_18_gives_the_outputs_of_torchvision() =>
        InPyTorch.Compare("resnet18", Own(Backbones.ResNet18(classes: 10)));

    [FactWithTorchvision]
    public void ResNet_50_gives_the_outputs_of_torchvision() => InPyTorch.Compare("resnet50", Own(Backbones.ResNet50(classes: 7)));

    [FactWithPyTorch]
    public void Inception_BN_gives_the_outputs_of_a_network_written_in_PyTorch() =>
        InPyTorch.Compare("bn_inception", Own(Backbones.InceptionBn(classes: 5)));

    [FactWithTorchvision]
    public void A_seed_gives_the_weights_that_torchvision_draws_with_it()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "resnet18", "resnet50" })
        {
            var (exitCode, output) = PythonWithTorch.Run(RepositoryFolder.Golden("models", "fresh_resnet.py"), name, "4", "11", folder["fresh.pt"]);
            Assert.True(exitCode == 0, output);
            TorchRuntime.Seed(11);
            using var network = Backbones.ByName(name, classes: 4);
            var (ours, theirs) = (network.State(), WeightFile.Read(folder["fresh.pt"]));
            Assert.Equal(theirs.Keys, ours.Keys);
            Assert.All(theirs, entry => AssertClose.Tensors(Tensor.From(entry.Value), Tensor.From(ours[entry.Key])));
        }
    }

    // Published numbers: of torchvision's documentation, and of the Caffe network with biases before batch norm.
    [Theory]
    [InlineData("resnet18", 11_689_512, 512)]
    [InlineData("resnet50", 25_557_032, 2048)]
    [InlineData("inception-bn", 11_295_240, 1024)]
    public void The_networks_have_the_published_number_of_parameters(string name, long learned, int features)
    {
        using var network = Backbones.ByName(name);
        Assert.Equal(learned, network.CountLearned());
        Assert.Equal(features, network.Features);
    }

    [Theory]
    [InlineData("resnet18")]
    [InlineData("inception-bn")]
    public void Feature_map_descriptor_and_logits_have_their_shapes_for_any_channels_and_classes(string name)
    {
        var images = Images(3);
        using (var network = Backbones.ByName(name, classes: 6))
        {
            Assert.Equal([2, network.Features, 2, 2], network.FeatureMap(images, Pass.Inference).Shape);
            Assert.Equal([2, network.Features], network.Describe(images, Pass.Inference).Shape);
            Assert.Equal([2, 6], network.Forward(images).Shape);
        }

        using var headless = Backbones.ByName(name, classes: 0, channels: 1);
        Assert.Equal([2, headless.Features], headless.Forward(Images(1)).Shape);
        Assert.DoesNotContain(headless.Parameters(), p => p.Name.StartsWith("fc.", StringComparison.Ordinal) || p.Name.StartsWith("last_linear.", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_are_those_of_the_public_weights()
    {
        using var resnet = Backbones.ResNet50();
        using var inception = Backbones.InceptionBn();
        Assert.ProperSuperset(new HashSet<string>
        {
            "conv1.weight", "bn1.running_var", "layer1.0.conv1.weight", "layer1.0.downsample.0.weight", "layer1.0.downsample.1.num_batches_tracked",
            "layer4.2.bn3.bias", "fc.weight", "fc.bias",
        }, resnet.Parameters().Select(p => p.Name).ToHashSet());
        Assert.ProperSuperset(new HashSet<string>
        {
            "conv1_7x7_s2.weight", "conv1_7x7_s2.bias", "conv1_7x7_s2_bn.running_mean", "conv2_3x3_reduce.weight", "inception_3a_1x1.weight",
            "inception_3c_double_3x3_2_bn.weight", "inception_5b_pool_proj.bias", "last_linear.weight",
        }, inception.Parameters().Select(p => p.Name).ToHashSet());
        Assert.DoesNotContain(inception.Parameters(), p => p.Name.Count(c => c == '.') != 1);
    }

    [Fact]
    public void A_network_that_is_not_there_is_named_with_those_that_are()
    {
        var error = Assert.Throws<ArgumentException>(() => Backbones.ByName("resnet34"));
        Assert.Contains("'resnet34'; there are resnet18, resnet50, inception-bn", error.Message);
    }

    [Fact]
    public void Images_that_Inception_BN_cannot_halve_are_refused()
    {
        using var network = Backbones.InceptionBn(classes: 2);
        var error = Assert.Throws<ArgumentException>(() => network.Forward(Tensor.Zeros([1, 3, 72, 64])));
        Assert.Contains("inception_3c halves its input", error.Message);
        Assert.Contains("multiples of 32", error.Message);
    }

    private static Tensor Images(int channels) => Tensor.RandomNormal([2, channels, 64, 64]);
}
