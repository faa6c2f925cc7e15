using Stn.Experiments.Numbers;
using Stn.Testing;
using Stn.Torch;

namespace Stn.Experiments.Tests.Numbers;

public sealed class NumberNetworkTests : TensorTest
{
    /// <summary>Weights and biases by hand: convolutions, three hidden layers behind 4×4 or 8×8 pixels of 192 channels, five classifiers.</summary>
    [Theory]
    [InlineData(64, 4)]
    [InlineData(128, 8)]
    public void The_CNN_has_the_papers_layers(int size, int last)
    {
        int[] channels = [3, 48, 64, 128, 160, 192, 192, 192, 192];
        var expected = Enumerable.Range(0, 8).Sum(i => ((25L * channels[i]) + 1) * channels[i + 1])
            + (((192L * last * last) + 1) * 3072) + (2 * 3073L * 3072) + (3073L * 55);
        using var network = new NumberNetwork(NumberNetworkKind.Cnn, size).Create();
        Assert.Equal(expected, network.CountLearned());
    }

    [Theory]
    [InlineData(NumberNetworkKind.StCnnSingle, "transformer1")]
    [InlineData(NumberNetworkKind.StCnnMulti, "transformer1", "transformer2", "transformer3", "transformer4")]
    public void Transformers_stand_where_the_paper_has_them_and_begin_at_the_identity(NumberNetworkKind kind, params string[] names)
    {
        TorchRuntime.Seed(1);
        using var network = new NumberNetwork(kind, 64, Width: 0.125, Dropout: 0).Create();
        Assert.Equal(names, network.Modules().Where(m => m.Module is SpatialTransformer).Select(m => m.Name));
        using var plain = new NumberNetwork(NumberNetworkKind.Cnn, 64, Width: 0.125, Dropout: 0).Create();
        plain.LoadMatching(network.State());
        using var scope = new TensorScope();
        var images = Tensor.RandomUniform([2, 3, 64, 64]);
        var (expected, actual) = (plain.Forward(images), network.Forward(images));
        Assert.Equal([2, 5, 11], actual.Shape);
        Assert.True((expected - actual).Abs().Max().Item<float>() < 1e-4 * expected.Abs().Max().Item<float>());
    }

    [Fact]
    public void Dropout_is_everywhere_but_before_the_first_convolution_and_in_localisation_networks()
    {
        using var network = new NumberNetwork(NumberNetworkKind.StCnnMulti, 64, Width: 0.125).Create();
        var dropped = network.Modules().Where(m => m.Module is Torch.Layers.Dropout).Select(m => m.Name).ToArray();
        Assert.Equal(7 + 4, dropped.Length);
        Assert.DoesNotContain(dropped, name => name.Contains("localisation", StringComparison.Ordinal));
        Assert.DoesNotContain("dropout1", dropped);
    }
}
