using Stn.Kernels;
using Stn.Localisation;
using Stn.Testing;
using Stn.Torch;
using Stn.Torch.Layers;
using Stn.Transformations;

namespace Stn.Tests;

public sealed class SpatialTransformer3DTests : TensorTest
{
    private static readonly Volume Size = new(4, 6, 5);

    [Fact]
    public void A_new_transformer_leaves_its_input_as_it_was_and_lists_what_it_learns()
    {
        var transformer = Own(Transformer(new AffineTransformation3D()));
        var volume = Tensor.RandomNormal([2, 1, 4, 6, 5]);
        AssertClose.Tensors(volume, transformer.Forward(volume), new Tolerance(1e-5, 0));
        Assert.Contains("localisation.theta.bias", transformer.Parameters().Select(p => p.Name));
        Assert.Equal(["rest", "localisation"], LocalisationGroups.Split(transformer, 0.1).Select(group => group.Name).Union(["rest"]).OrderDescending());
    }

    [Fact]
    public void An_observer_sees_theta_and_a_wrong_network_is_named()
    {
        var transformer = Own(Transformer(new TranslationTransformation3D()));
        var seen = new List<string>();
        transformer.Forward(
            Tensor.Zeros([2, 1, 4, 6, 5]), new Pass { Observer = (module, name, value) => seen.Add($"{module == transformer} {name} {value}") });
        Assert.Equal(["True theta (2, 3) Float32"], seen);
        Assert.Contains(
            "(N, C, D, H, W), got (1, 4, 6, 5)",
            Assert.Throws<ArgumentException>(() => transformer.Forward(Tensor.Zeros([1, 4, 6, 5]))).Message, StringComparison.Ordinal);
        var wrong = Own(new SpatialTransformer3D(new Flatten(), new AffineTransformation3D()));
        var error = Assert.Throws<ArgumentException>(() => wrong.Forward(Tensor.Zeros([2, 1, 2, 2, 2])));
        Assert.Contains("(N, 12), got (2, 8)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AlignCorners.False)]
    [InlineData(AlignCorners.True)]
    public void Warping_matches_the_scalar_reference_at_another_output_size(AlignCorners align)
    {
        var (affine, output) = (new AffineTransformation3D(), new Volume(3, 2, 7));
        var (volume, theta) = (GradientCheck.Input(8, 2, 3, 4, 6, 5), Families.Theta(new AffineTransformation3D(), 2));
        var transformer = Own(new SpatialTransformer3D(new Flatten(), affine, output: output, align: align));
        var expected = SamplerCases.Warp(
            volume.DangerousGetSpan<double>(), new VolumeBatch(2, 3, Size), affine, theta.Detach().ToArray<double>(), Sampling.Linear(), output, align);
        var actual = transformer.Warp(volume, theta);
        Assert.Equal([2, 3, 3, 2, 7], actual.Shape);
        AssertClose.Values<double>(expected, actual.Detach().ToArray<double>());
    }

    [Fact]
    public void A_projection_sums_the_slices_and_its_gradients_reach_volume_and_theta()
    {
        var transformer = Own(new SpatialTransformer3D(new Flatten(), new AffineTransformation3D(), output: new Volume(3, 4, 6)));
        var projection = Own(new DepthProjection());
        Assert.Equal([1 + 3 + 5, 2 + 4 + 6.0], projection.Forward(Tensor.From([1.0, 2, 3, 4, 5, 6], 1, 1, 3, 1, 2)).ToArray<double>());
        Assert.Throws<ArgumentException>(() => projection.Forward(Tensor.Zeros([1, 2, 3, 4])));
        GradientCheck.Second(
            given => projection.Forward(transformer.Warp(given[0], given[1])),
            [GradientCheck.Input(8, 1, 1, 4, 6, 5), Families.Theta(new AffineTransformation3D(), 1)], new Tolerance(1e-6, 1e-4));
    }

    [Fact]
    public void A_transformer_and_a_projection_before_a_network_of_images_learn_from_end_to_end()
    {
        TorchRuntime.Seed(3);
        var network = Own(new Sequential(
            ("transformer", Transformer(new AffineTransformation3D())), ("projection", new DepthProjection()), ("conv", new Conv2d(1, 2, 3))));
        var image = network.Forward(Tensor.RandomNormal([2, 1, 4, 6, 5]), Pass.Training);
        Assert.Equal([2, 2, 4, 3], image.Shape);
        (image * image).Mean().Backward();
        var bias = network.Parameters().Single(p => p.Name == "transformer.localisation.theta.bias").Parameter;
        Assert.True(bias.Value.Grad!.Abs().Sum().Item<float>() > 0);
    }

    private static SpatialTransformer3D Transformer(Transformation3D transformation) =>
        new(LocalisationNetwork.FullyConnected(1, Size, transformation), transformation);
}
