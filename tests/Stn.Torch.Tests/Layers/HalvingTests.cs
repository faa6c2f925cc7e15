using Stn.Testing;
using Stn.Torch.Layers;

namespace Stn.Torch.Tests.Layers;

/// <summary>The mean of windows of 2×2 against libtorch's, bit by bit.</summary>
public sealed class HalvingTests : TensorTest
{
    [Theory]
    [InlineData(2, 3, 2, 2)]
    [InlineData(3, 1, 42, 42)]
    [InlineData(2, 2, 60, 60)]
    [InlineData(1, 5, 7, 33)]
    [InlineData(4, 1, 31, 17)]
    [InlineData(1, 1, 3, 35)]
    public void Values_and_gradients_have_libtorchs_bits(int images, int channels, int height, int width)
    {
        var input = Random(1, images, channels, height, width).RequireGrad();
        var layer = new AvgPool2d(2);
        var (expected, actual) = (Functional.AvgPool2d(input, 2), layer.Forward(input, Pass.Training));
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.Equal(expected.Detach().ToArray<float>(), actual.Detach().ToArray<float>());
        var flow = Random(2, expected.Shape);
        Assert.Equal(Gradient(expected), Gradient(actual));
        Assert.Equal(Gradient(expected), Gradient(layer.Forward(input, Pass.Training), flow.ChannelsLast()));

        float[] Gradient(Tensor output, Tensor? other = null) => Autograd.Gradients([output], [input], [other ?? flow], retainGraph: true)[0]!.ToArray<float>();
    }

    [Fact]
    public void What_is_not_a_number_reaches_its_own_window()
    {
        var input = Random(1, 1, 1, 4, 40);
        input.DangerousGetSpan<float>()[45] = float.NaN;
        input.DangerousGetSpan<float>()[39] = float.PositiveInfinity;
        Assert.Equal(Functional.AvgPool2d(input, 2).ToArray<float>(), new AvgPool2d(2).Forward(input, Pass.Training).ToArray<float>());
    }

    [Fact]
    public void Gradients_can_be_differentiated_again()
    {
        var input = Random(1, 2, 1, 6, 20).RequireGrad();
        Assert.Equal(Second(Functional.AvgPool2d(input, 2)), Second(new AvgPool2d(2).Forward(input, Pass.Training)));

        float[] Second(Tensor output)
        {
            var gradient = Autograd.Gradients([output.Pow(3).Sum()], [input], createGraph: true)[0]!;
            return Autograd.Gradients([gradient.Pow(2).Sum()], [input])[0]!.ToArray<float>();
        }
    }

    [Fact]
    public void Too_small_an_image_is_refused_and_other_windows_are_libtorchs()
    {
        Assert.Throws<TorchException>(() => new AvgPool2d(2).Forward(Random(1, 1, 1, 1, 8), Pass.Training));
        var input = Random(1, 1, 2, 7, 9);
        Assert.Equal(Functional.AvgPool2d(input, 2, ceil: true).ToArray<float>(), new AvgPool2d(2, ceil: true).Forward(input, Pass.Training).ToArray<float>());
        Assert.Equal(Functional.AvgPool2d(input, 3).ToArray<float>(), new AvgPool2d(3).Forward(input, Pass.Training).ToArray<float>());
        var wide = input.To(DType.Float64);
        Assert.Equal(Functional.AvgPool2d(wide, 2).ToArray<double>(), new AvgPool2d(2).Forward(wide, Pass.Training).ToArray<double>());
        Assert.Equal(Functional.AvgPool2d(input, 2).ToArray<float>(), new AvgPool2d(2).Forward(input.ChannelsLast(), Pass.Training).ToArray<float>());
    }

    private static Tensor Random(int seed, params long[] shape) => GradientCheck.Input(seed, shape).Detach().To(DType.Float32);
}
