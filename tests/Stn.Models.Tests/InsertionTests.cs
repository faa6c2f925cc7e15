using Stn.Kernels;
using Stn.Testing;
using Stn.Torch;
using Stn.Torch.Files;
using Stn.Transformations;

namespace Stn.Models.Tests;

/// <summary>Spatial transformers in front of and inside the standard networks.</summary>
public sealed class InsertionTests : TensorTest
{
    private static readonly FeatureMap _image = new(3, 64, 64);

    // Maps with sides of powers of two: the places of the identity's samples are exactly the pixels' centres.
    public static TheoryData<string, string, int, int> Layers => new()
    {
        { "resnet18", "conv1", 3, 64 },
        { "resnet18", "layer1", 64, 16 },
        { "resnet18", "layer2", 64, 16 },
        { "resnet18", "layer3.1", 256, 4 },
        { "resnet18", "layer4.0.conv2", 512, 2 },
        { "resnet18", "layer2.0.downsample", 64, 16 },
        { "resnet18", "avgpool", 512, 2 },
        { "resnet50", "layer3.0.conv2", 256, 8 },
        { "inception-bn", "conv1_7x7_s2", 3, 64 },
        { "inception-bn", "inception_3b", 256, 8 },
        { "inception-bn", "inception_4c_double_3x3_2", 160, 4 },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_transformer_at_the_identity_leaves_the_output_as_it_was_before_any_layer(string name, string layer, int channels, int side)
    {
        var (network, images) = Create(name);
        var (before, names) = (network.Forward(images).ToArray<float>(), network.State().Keys.ToHashSet());
        var transformer = SpatialTransformers.Before(network, layer, _image, new AffineTransformation());
        Assert.Equal(before, network.Forward(images).ToArray<float>());
        Assert.Equal(new FeatureMap(channels, side, side), SpatialTransformers.InputOf(network, layer, _image));
        Assert.ProperSubset(network.State().Keys.ToHashSet(), names);
        Assert.Contains(network.Modules(), m => m.Module == transformer);

        // It is in use: another θ, another output.
        var bias = network.Parameters().Single(p => p.Name.EndsWith("theta.bias", StringComparison.Ordinal)).Parameter.Value;
        using (new NoGrad())
            bias.Fill(0.4);
        Assert.NotEqual(before, network.Forward(images).ToArray<float>());
    }

    [Theory]
    [InlineData(72, AlignCorners.False)]
    [InlineData(72, AlignCorners.True)]
    [InlineData(97, AlignCorners.False)]
    [InlineData(97, AlignCorners.True)]
    public void At_other_sizes_the_output_stays_to_the_rounding_of_the_places(int side, AlignCorners align)
    {
        using var network = Backbones.ResNet18(classes: 5);
        var images = Tensor.RandomNormal([2, 3, side, side]);
        var before = network.Forward(images).ToArray<float>();
        foreach (var layer in new[] { "conv1", "layer2", "layer4.1" })
        {
            SpatialTransformers.Before(network, layer, new FeatureMap(3, side, side), map => new SpatialTransformer(
                Localisation.LocalisationNetwork.Suiting(map, new AffineTransformation()), new AffineTransformation(), align: align));
        }

        AssertClose.Values(before, network.Forward(images).ToArray<float>(), new Tolerance(1e-5 * before.Max(Math.Abs), 0));
    }

    [Fact]
    public void The_transformers_parameters_have_names_of_their_own_and_learn_in_their_own_group()
    {
        var (network, images) = Create("resnet18");
        var (flat, _) = Create("inception-bn");
        SpatialTransformers.Before(network, "layer2", _image, new AffineTransformation());
        SpatialTransformers.Before(flat, "inception_3b", _image, new AffineTransformation());
        Assert.Contains(network.Parameters(), p => p.Name == "layer2.transformer.localisation.theta.bias");
        Assert.Contains(flat.Parameters(), p => p.Name == "inception_3b_transformer.localisation.theta.bias");
        Assert.Equal(["rest", "localisation"], LocalisationGroups.Split(network, 0.1).Select(group => group.Name));

        network.Forward(images, Pass.Training).Sum().Backward();
        Assert.NotNull(network.Parameters().Single(p => p.Name == "layer2.transformer.localisation.theta.weight").Parameter.Value.Grad);
    }

    [Fact]
    public void An_observer_sees_theta_of_each()
    {
        var (network, images) = Create("resnet18");
        var first = SpatialTransformers.Before(network, "conv1", _image, new AffineTransformation());
        var second = SpatialTransformers.Before(network, "layer3", _image, new AttentionTransformation());
        var seen = new List<(Module, string)>();
        network.Forward(images, new Pass { Observer = (module, name, theta) => seen.Add((module, $"{name} {theta}")) });
        Assert.Equal([(first, "theta (2, 6) Float32"), (second, "theta (2, 3) Float32")], seen);
    }

    [Fact]
    public void Weights_from_before_still_load_and_the_transformer_is_what_they_lack()
    {
        using var folder = new TemporaryFolder();
        var (old, images) = Create("resnet18");
        var (network, _) = Create("resnet18");
        Safetensors.Write(folder["old.safetensors"], old.State());
        SpatialTransformers.Before(network, "layer2", _image, new AffineTransformation());
        var error = Assert.Throws<ArgumentException>(() => network.Load(folder["old.safetensors"]));
        Assert.Contains("layer2.transformer.localisation.theta.bias is missing", error.Message);

        var fit = network.Load(folder["old.safetensors"], strict: false);
        Assert.All(fit.Missing, name => Assert.StartsWith("layer2.transformer.", name));
        Assert.Empty(fit.Unexpected);
        Assert.Empty(fit.OtherShape);
        Assert.Equal(old.Forward(images).ToArray<float>(), network.Forward(images).ToArray<float>());
    }

    [Fact]
    public void Two_stand_before_one_layer_under_two_names()
    {
        var (network, images) = Create("resnet18");
        var before = network.Forward(images).ToArray<float>();
        SpatialTransformers.Before(network, "layer2", _image, new AffineTransformation());
        var error = Assert.Throws<ArgumentException>(() => SpatialTransformers.Before(network, "layer2", _image, new AffineTransformation()));
        Assert.Contains("'transformer' already", error.Message);
        var second = new SpatialTransformer(Localisation.LocalisationNetwork.FullyConnected(64, new Plane(16, 16), new AffineTransformation()), new AffineTransformation());
        SpatialTransformers.Before(network, "layer2", second, "second");
        Assert.Contains(network.Parameters(), p => p.Name == "layer2.second.localisation.theta.bias");
        Assert.Equal(before, network.Forward(images).ToArray<float>());
    }

    [Fact]
    public void A_transformer_stands_before_the_tutorials_layers_too()
    {
        using var network = new TutorialNetwork();
        var digits = Tensor.RandomNormal([2, 1, 28, 28]);
        var before = network.Forward(digits).ToArray<float>();
        SpatialTransformers.Before(network, "conv2", new FeatureMap(1, 28, 28), new AffineTransformation());
        SpatialTransformers.Before(network, "localization.3", new FeatureMap(1, 28, 28), new AffineTransformation());
        AssertClose.Values(before, network.Forward(digits).ToArray<float>());
    }

    [Fact]
    public void A_layer_that_is_not_there_is_named_with_those_that_are()
    {
        var (network, _) = Create("resnet18");
        var (flat, _) = Create("inception-bn");
        Assert.EndsWith(
            "there is no layer 'layer5'; the network has conv1, bn1, relu, maxpool, layer1, layer2, layer3, layer4, avgpool, fc (Parameter 'layer')",
            Refusal(network, "layer5"));
        Assert.Contains("'layer2.7'; layer2 has layer2.0, layer2.1 ", Refusal(network, "layer2.7"));
        Assert.Contains("layer2.0 has layer2.0.conv1, layer2.0.bn1, layer2.0.conv2, layer2.0.bn2, layer2.0.downsample", Refusal(network, "layer2.0.conv3"));
        Assert.Contains("inception_3a has inception_3a_1x1, inception_3a_1x1_bn,", Refusal(flat, "inception_3a_7x7"));
        Assert.Contains("what reaches the layer fc is no feature map", Refusal(network, "fc"));
    }

    [Fact]
    public void Networks_with_transformers_free_all_they_hold()
    {
        using var network = Backbones.InceptionBn(classes: 2);
        SpatialTransformers.Before(network, "inception_3b", _image, new AffineTransformation());
        SpatialTransformers.Before(network, "last_linear", new SpatialTransformer(new Torch.Layers.Linear(1, 6), new AffineTransformation()));
    }

    private static string Refusal(Module network, string layer) =>
        Assert.Throws<ArgumentException>(() => SpatialTransformers.Before(network, layer, _image, new AffineTransformation())).Message;

    private (Backbone Network, Tensor Images) Create(string name)
    {
        TorchRuntime.Seed(5);
        return (Own(Backbones.ByName(name, classes: 5)), Tensor.RandomNormal([2, 3, 64, 64]));
    }
}
