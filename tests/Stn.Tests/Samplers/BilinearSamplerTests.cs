using Stn.Kernels;
using Stn.Samplers;
using Stn.Testing;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Tests.Samplers;

public sealed class BilinearSamplerTests : TensorTest
{
    private readonly BilinearSampler _sampler = new();

    [Theory]
    [InlineData(1, 1, 1, 1, AlignCorners.False)]
    [InlineData(1, 7, 5, 9, AlignCorners.False)]
    [InlineData(3, 5, 7, 2, AlignCorners.True)]
    [InlineData(2, 1, 6, 4, AlignCorners.True)]
    [InlineData(5, 8, 8, 8, AlignCorners.False)]
    public void Values_are_those_of_the_scalar_reference(int channels, int height, int width, int size, AlignCorners align)
    {
        var (image, theta, target) = (GradientCheck.Input(3, 2, channels, height, width), Example.Theta(2), new Plane(size, size + 1));
        var warped = _sampler.Sample(image, new AffineTransformation().Grid(theta, target, align), align);
        AssertClose.Values<double>(Example.Reference(image, theta, target, align), warped.Detach().ToArray<double>());
    }

    [Fact]
    public void The_identity_gives_the_image_back()
    {
        var image = GradientCheck.Input(4, 2, 3, 6, 5).Detach();
        var theta = Tensor.From([1.0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0], 2, 6);
        var grid = new AffineTransformation().Grid(theta, new Plane(6, 5), AlignCorners.False);
        AssertClose.Tensors(image, _sampler.Sample(image, grid, AlignCorners.False));
    }

    [Fact]
    public void Points_outside_read_zero()
    {
        var image = Tensor.Ones([1, 1, 4, 4]);
        var grid = Tensor.From([-3f, 0, 0, 5f, 1e20f, 0], 1, 1, 3, 2);
        Assert.Equal([0f, 0, 0], _sampler.Sample(image, grid, AlignCorners.False).ToArray<float>());
    }

    [Fact]
    public void The_gradients_to_image_and_grid_match_finite_differences()
    {
        var (image, theta) = (GradientCheck.Input(6, 2, 2, 5, 4), Example.Theta(2));
        var affine = new AffineTransformation();
        GradientCheck.First(
            given => _sampler.Sample(given[0], affine.Grid(given[1], new Plane(3, 4), AlignCorners.False), AlignCorners.False), [image, theta]);
    }

    [Fact]
    public void A_grid_that_does_not_fit_the_batch_is_refused()
    {
        var image = Tensor.Zeros([2, 1, 4, 4]);
        Assert.Throws<ArgumentException>(() => _sampler.Sample(image, Tensor.Zeros([3, 4, 4, 2]), AlignCorners.False));
        Assert.Throws<ArgumentException>(() => _sampler.Sample(image, Tensor.Zeros([2, 4, 4, 3]), AlignCorners.False));
        var error = Assert.Throws<ArgumentException>(() => _sampler.Sample(Tensor.Zeros([4, 4]), Tensor.Zeros([2, 4, 4, 2]), AlignCorners.False));
        Assert.Contains("(4, 4)", error.Message, StringComparison.Ordinal);
    }
}
