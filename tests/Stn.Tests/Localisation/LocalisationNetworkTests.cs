using Stn.Kernels;
using Stn.Localisation;
using Stn.Testing;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Tests.Localisation;

public sealed class LocalisationNetworkTests : TensorTest
{
    private readonly AffineTransformation _affine = new();

    [Fact]
    public void The_convolutional_one_has_the_papers_17_086_parameters_on_42_by_42()
    {
        using var network = LocalisationNetwork.Convolutional(1, new Plane(42, 42), _affine);
        Assert.Equal((20 * 25) + 20 + (20 * 20 * 25) + 20 + (20 * 16 * 20) + 20 + (20 * 6) + 6, network.CountLearned());
    }

    [Fact]
    public void The_fully_connected_one_has_three_layers_of_32()
    {
        using var network = LocalisationNetwork.FullyConnected(2, new Plane(10, 10), _affine);
        Assert.Equal((200 * 32) + 32 + (2 * ((32 * 32) + 32)) + (32 * 6) + 6, network.CountLearned());
    }

    [Theory]
    [InlineData(true, 1, 42, 42)]
    [InlineData(true, 3, 28, 60)]
    [InlineData(false, 4, 9, 5)]
    public void It_starts_at_the_identity_whatever_it_sees(bool convolutional, int channels, int height, int width)
    {
        var plane = new Plane(height, width);
        using var network = convolutional
            ? LocalisationNetwork.Convolutional(channels, plane, _affine)
            : LocalisationNetwork.FullyConnected(channels, plane, _affine);
        var theta = network.Forward(Tensor.RandomNormal([3, channels, height, width])).ToArray<float>();
        Assert.Equal([1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0], theta);
    }

    [Fact]
    public void Too_small_an_input_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => LocalisationNetwork.Convolutional(1, new Plane(20, 42), _affine));
        Assert.Contains("20×42", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void That_of_volumes_has_25_828_parameters_on_60_voxels_an_axis_and_starts_at_the_identity()
    {
        var affine = new AffineTransformation3D();
        using var network = LocalisationNetwork.Convolutional(1, new Volume(60, 60, 60), affine);
        Assert.Equal((8 * 125) + 8 + (8 * 8 * 125) + 8 + (8 * 64 * 32) + 32 + (32 * 12) + 12, network.CountLearned());
        using var small = LocalisationNetwork.Convolutional(2, new Volume(32, 33, 40), affine);
        Assert.Equal(affine.Identity.Select(number => (float)number), small.Forward(Tensor.RandomNormal([1, 2, 32, 33, 40])).ToArray<float>());
        var error = Assert.Throws<ArgumentException>(() => LocalisationNetwork.Convolutional(1, new Volume(60, 31, 60), affine));
        Assert.Contains("60×31×60", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_start_than_the_identity_is_kept_whatever_it_sees()
    {
        double[] start = [0.5, -0.5, 0, 0.5, 0.5, 0];
        using var network = LocalisationNetwork.Convolutional(1, new Plane(28, 28), start);
        Assert.Equal(start.Select(number => (float)number), network.Forward(Tensor.RandomNormal([1, 1, 28, 28])).ToArray<float>());
    }
}
