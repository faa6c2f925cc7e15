using Stn.Testing;
using Stn.Torch.Layers;
using Stn.Torch.Layers.Maximum;

namespace Stn.Torch.Tests.Layers;

/// <summary>The largest of each window in kernels of ours against libtorch's operator.</summary>
public sealed class MaximumTests : TensorTest
{
    public static TheoryData<int, int, int, int, int, int, bool> Shapes => new()
    {
        // planes, height, width, size, stride, padding, ceil
        { 6, 32, 32, 3, 2, 1, false },
        { 1, 1, 1, 1, 1, 0, false },
        { 3, 7, 16, 2, 2, 0, true },
        { 2, 13, 37, 3, 1, 1, true },
        { 4, 20, 51, 5, 3, 2, false },
        { 2, 9, 18, 2, 3, 1, true },
        { 1, 40, 17, 15, 4, 7, true },
        { 5, 3, 3, 3, 2, 1, true },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Values_are_libtorchs_bit_for_bit_and_gradients_but_for_the_order_of_sums(int planes, int height, int width, int size, int stride, int padding, bool ceil)
    {
        var layer = new MaxPool2d(size, ceil, stride, padding);
        foreach (var input in new[] { Distinct(planes, height, width), Tied(planes, height, width) })
        {
            Assert.True(MaximumFunction.Suits(input, size, ceil, stride, padding));
            input.RequireGrad();
            var (expected, actual) = (Functional.MaxPool2d(input, size, ceil, stride, padding), layer.Forward(input, Pass.Training));
            Assert.Equal(expected.Shape, actual.Shape);
            Assert.Equal(expected.ToArray<float>(), actual.ToArray<float>());
            var gradient = Tensor.RandomNormal(expected.Shape);
            AssertClose.Tensors(Gradient(expected, input, gradient), Gradient(actual, input, gradient), new Tolerance(1e-6, 1e-6));
        }
    }

    [Fact]
    public void Every_width_around_a_vector_is_read_to_its_end()
    {
        for (var width = 1; width <= 70; width++)
        {
            var input = Tensor.RandomNormal([2, 3, 5, width]);
            var expected = Functional.MaxPool2d(input, 3, stride: 2, padding: 1);
            Assert.Equal(expected.ToArray<float>(), new MaxPool2d(3, stride: 2, padding: 1).Forward(input).ToArray<float>());
        }
    }

    [Fact]
    public void NaN_is_larger_than_all_and_infinity_is_a_number()
    {
        var input = Tied(2, 12, 35);
        var pixels = input.DangerousGetSpan<float>();
        (pixels[40], pixels[200], pixels[333]) = (float.NaN, float.PositiveInfinity, float.NaN);
        pixels.Slice(500, 100).Fill(float.NegativeInfinity);
        var expected = Functional.MaxPool2d(input, 3, stride: 2, padding: 1);
        Assert.Contains(float.NaN, expected.ToArray<float>());
        Assert.Equal(expected.ToArray<float>(), new MaxPool2d(3, stride: 2, padding: 1).Forward(input).ToArray<float>());
    }

    [Fact]
    public void A_window_of_minus_infinity_passes_its_gradient_to_its_first_pixel()
    {
        var input = Tensor.Zeros([1, 1, 4, 4]);
        input.Fill(double.NegativeInfinity);
        input.RequireGrad();
        var expected = Gradient(Functional.MaxPool2d(input, 3, stride: 2, padding: 1), input, Tensor.Ones([1, 1, 2, 2]));
        var actual = Gradient(new MaxPool2d(3, stride: 2, padding: 1).Forward(input), input, Tensor.Ones([1, 1, 2, 2]));
        Assert.Equal(expected.ToArray<float>(), actual.ToArray<float>());
    }

    [Fact]
    public void Gradients_can_be_differentiated_again()
    {
        var input = Distinct(2, 8, 9).RequireGrad();
        float[] Second(Tensor output)
        {
            var gradient = Autograd.Gradients([output.Pow(3).Sum()], [input], createGraph: true)[0]!;
            return Autograd.Gradients([gradient.Pow(2).Sum()], [input])[0]!.ToArray<float>();
        }

        AssertClose.Values(
            Second(Functional.MaxPool2d(input, 3, stride: 2, padding: 1)), Second(new MaxPool2d(3, stride: 2, padding: 1).Forward(input)), new Tolerance(1e-5, 1e-5));
    }

    [Fact]
    public void What_does_not_suit_is_left_to_libtorch()
    {
        var input = Distinct(2, 8, 9);
        Assert.False(MaximumFunction.Suits(input.To(DType.Float64), 2, false, 2, 0));
        Assert.False(MaximumFunction.Suits(input.Permute(0, 1, 3, 2), 2, false, 2, 0));
        Assert.False(MaximumFunction.Suits(Tensor.Zeros([0, 2, 8, 9]), 2, false, 2, 0));
        Assert.Contains("pad", Assert.Throws<TorchException>(() => new MaxPool2d(3, padding: 2).Forward(input)).Message, StringComparison.Ordinal);
        Assert.Throws<TorchException>(() => new MaxPool2d(10).Forward(input));
    }

    private static Tensor Gradient(Tensor output, Tensor input, Tensor gradient) => Autograd.Gradients([output], [input], [gradient])[0]!;

    private static Tensor Distinct(int planes, int height, int width) => Tensor.RandomNormal([1, planes, height, width]);

    // Few different values: the first of several largest counts.
    private static Tensor Tied(int planes, int height, int width) => (Distinct(planes, height, width) * 1.5).Round();
}
