using Stn.Experiments.Networks;
using Stn.Kernels;
using Stn.Testing;
using Stn.Torch;

namespace Stn.Experiments.Tests.Networks;

public sealed class DigitNetworksTests : TensorTest
{
    private static readonly DigitImages[] Sets =
        [Square(28), Square(42), Square(60), new(new Plane(42, 42), Channels: 2, Classes: 19)];

    public static TheoryData<string, int> Networks
    {
        get
        {
            var data = new TheoryData<string, int>();
            for (var set = 0; set < Sets.Length; set++)
            {
                foreach (var kind in DigitNetworks.Kinds.Where(kind => kind.IsFor(Sets[set])))
                    data.Add(kind.Name, set);
            }

            return data;
        }
    }

    [Theory]
    [InlineData(28, 208_586)]
    [InlineData(42, 222_026)]
    [InlineData(60, 270_026)]
    public void The_budget_of_a_data_set_is_the_cnn_with_64_and_64_filters(int side, long parameters)
    {
        Assert.Equal(parameters, Square(side).Budget);
        Assert.Equal(64, DigitNetworks.Of("cnn", Square(side)).Width);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Counts_are_those_of_the_network_that_is_made(string name, int set)
    {
        var value = DigitNetworks.Of(name, Sets[set]);
        using var network = value.Create();
        Assert.Equal(network.CountLearned(), value.ParameterCount);
        var images = value.Images;
        Assert.Equal([2, images.Classes], network.Forward(Tensor.Zeros([2, images.Channels, images.Canvas.Height, images.Canvas.Width])).Shape);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void All_networks_of_a_data_set_have_its_budget_within_two_percent(string name, int set)
    {
        var value = DigitNetworks.Of(name, Sets[set]);
        if (name != "cnn-pooled")
            Assert.InRange(value.ParameterCount, 0.98 * Sets[set].Budget, 1.02 * Sets[set].Budget);
    }

    [Theory]
    [InlineData("fcn", 28, 208)]
    [InlineData("fcn", 42, 296)]
    [InlineData("fcn", 60, 235)]
    [InlineData("fcn-canvas", 42, 117)]
    [InlineData("fcn-canvas", 60, 73)]
    [InlineData("st-fcn-aff", 28, 185)]
    [InlineData("st-fcn-tps", 28, 184)]
    [InlineData("st-fcn-proj", 42, 237)]
    [InlineData("st-fcn-aff", 60, 144)]
    [InlineData("st-cnn-aff", 28, 62)]
    [InlineData("st-cnn-aff", 42, 64)]
    [InlineData("st-cnn-tps", 60, 67)]
    public void Widths_are_those_computed_apart(string name, int side, int width) =>
        Assert.Equal(width, DigitNetworks.Of(name, Square(side)).Width);

    [Fact]
    public void The_pooled_classifier_is_what_stands_behind_the_affine_transformer() =>
        Assert.Equal(DigitNetworks.Of("st-cnn-aff", Square(60)).Classifier, DigitNetworks.Of("cnn-pooled", Square(60)).Classifier);

    [Fact]
    public void A_budget_may_be_given() =>
        Assert.InRange(DigitNetworks.Of("fcn", Square(42), budget: 400_000).ParameterCount, 398_000, 402_000);

    [Fact]
    public void What_cannot_be_is_refused_by_name()
    {
        Assert.Contains("st-cnn-aff", Assert.Throws<ArgumentException>(() => DigitNetworks.Of("cnm", Square(28))).Message, StringComparison.Ordinal);
        Assert.Contains("28×28", Assert.Throws<ArgumentException>(() => DigitNetworks.Of("cnn-pooled", Square(28))).Message, StringComparison.Ordinal);
        Assert.Contains("budget of 10", Assert.Throws<ArgumentException>(() => DigitNetworks.Of("fcn", Square(28), budget: 10)).Message, StringComparison.Ordinal);
        Assert.Contains("16×16", Assert.Throws<ArgumentException>(() => DigitNetworks.Of("cnn", Square(16))).Message, StringComparison.Ordinal);
    }

    /// <summary>By hand: 20²·81·64 + 4²·64·49·64 + 64·4·10 for the CNN at 28×28, and for the linear layers in the same way.</summary>
    [Fact]
    public void Multiplications_are_those_counted_by_hand()
    {
        Assert.Equal(2_073_600 + 3_211_264 + 2_560, DigitNetworks.Of("cnn", Square(28)).Classifier.Sum(layer => layer.MultiplyAdds));
        Assert.Equal((784 * 208) + (208 * 208) + (208 * 10), DigitNetworks.Of("fcn", Square(28)).Classifier.Sum(layer => layer.MultiplyAdds));
        Assert.Equal(
            (10 * 10 * 25 * 20) + (500 * 20) + (20 * 20) + (20 * 6),
            DigitNetworks.Of("st-cnn-aff", Square(28)).Localisation.Sum(layer => layer.MultiplyAdds));
    }

    /// <summary>Three times as many, but for the layers that see the image: 20²·81·64 of the CNN, of the ST-CNN 10²·25·20.</summary>
    [Fact]
    public void Multiplications_of_a_training_step_leave_out_the_gradient_of_the_image()
    {
        var plain = DigitNetworks.Of("cnn", Square(28));
        Assert.Equal((3 * plain.MultiplyAdds) - 2_073_600, plain.TrainingMultiplyAdds);
        var transformed = DigitNetworks.Of("st-cnn-aff", Square(28));
        Assert.Equal((3 * transformed.MultiplyAdds) - 50_000, transformed.TrainingMultiplyAdds);
    }

    private static DigitImages Square(int side) => new(new Plane(side, side));
}
