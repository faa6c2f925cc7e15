using Stn.Kernels;
using Stn.Samplers;
using Stn.Testing;
using Stn.Torch;
using Stn.Transformations;
using Stn.Warps;

namespace Stn.Tests.Warps;

public sealed class FusedWarpTests : TensorTest
{
    private readonly Warp _fused = Warp.Of(new AffineTransformation(), new BilinearSampler());

    [Fact]
    public void The_affine_transformation_and_the_bilinear_sampler_are_fused() => Assert.IsType<FusedWarp>(_fused);

    [Theory]
    [InlineData(1, 42, 42, 42, AlignCorners.False)]
    [InlineData(2, 7, 5, 9, AlignCorners.True)]
    [InlineData(3, 64, 31, 20, AlignCorners.False)]
    [InlineData(17, 9, 9, 5, AlignCorners.False)]
    [InlineData(64, 20, 20, 20, AlignCorners.True)]
    public void Values_and_gradients_are_those_of_libtorch(int channels, int height, int width, int size, AlignCorners align)
    {
        TorchRuntime.Seed(11);
        var image = Tensor.RandomNormal([3, channels, height, width]).RequireGrad();
        var theta = Example.Theta(3).Detach().To(DType.Float32).RequireGrad();
        var seed = Tensor.RandomNormal([3, channels, size, size + 1]);
        var corners = align == AlignCorners.True;
        var fused = Run(_fused.Apply(image, theta, new Plane(size, size + 1), align));
        var grid = Functional.AffineGrid(theta.Reshape(3, 2, 3), [3, channels, size, size + 1], corners);
        var reference = Run(Functional.GridSampler(image, grid, 0, 0, corners));
        AssertClose.Tensors(reference.Value, fused.Value, new Tolerance(2e-5, 1e-4));
        AssertClose.Tensors(reference.Image, fused.Image, new Tolerance(5e-5, 1e-4));
        AssertClose.Tensors(reference.Theta, fused.Theta, new Tolerance(2e-2, 1e-3));

        (Tensor Value, Tensor Image, Tensor Theta) Run(Tensor value)
        {
            var gradients = Autograd.Gradients([value], [image, theta], [seed]);
            return (value, gradients[0]!, gradients[1]!);
        }
    }

    [Fact]
    public void Only_the_gradients_that_are_wanted_are_computed()
    {
        var image = GradientCheck.Input(7, 1, 1, 4, 4).Detach();
        var theta = Example.Theta(1);
        _fused.Apply(image, theta, new Plane(4, 4), AlignCorners.False).Sum().Backward();
        Assert.Null(image.Grad);
        Assert.NotNull(theta.Grad);
    }

    [Fact]
    public void Images_and_gradients_of_any_strides_are_read_as_they_are_meant()
    {
        var image = GradientCheck.Input(9, 2, 6, 5, 3);
        var theta = Example.Theta(2);
        var moved = image.Permute(0, 3, 1, 2); // channels last
        var expected = Autograd.Gradients([_fused.Apply(moved.Contiguous(), theta, new Plane(6, 5), AlignCorners.False).Sum()], [image, theta]);
        var actual = Autograd.Gradients([_fused.Apply(moved, theta, new Plane(6, 5), AlignCorners.False).Sum()], [image, theta]);
        AssertClose.Tensors(expected[0]!, actual[0]!, Tolerance.Exact);
        AssertClose.Tensors(expected[1]!, actual[1]!, Tolerance.Exact);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        var image = Tensor.RandomNormal([2, 3, 40, 40]).RequireGrad();
        var theta = Example.Theta(2).Detach().To(DType.Float32).RequireGrad();
        var before = TorchRuntime.Threads;
        try
        {
            var results = new[] { 1, 2, 3 }.Select(threads =>
            {
                TorchRuntime.Threads = threads;
                return Autograd.Gradients([_fused.Apply(image, theta, new Plane(40, 40), AlignCorners.False).Sum()], [image, theta]);
            }).ToArray();
            Assert.All(results, r => AssertClose.Tensors(results[0][0]!, r[0]!, Tolerance.Exact));
            Assert.All(results, r => AssertClose.Tensors(results[0][1]!, r[1]!, Tolerance.Exact));
        }
        finally
        {
            TorchRuntime.Threads = before;
        }
    }

    [Fact]
    public void A_theta_that_does_not_fit_the_batch_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => _fused.Apply(Tensor.Zeros([2, 1, 4, 4]), Tensor.Zeros([3, 6]), new Plane(4, 4), AlignCorners.False));
        Assert.Contains("(2, 6)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pair_without_a_fused_kernel_is_refused_by_name()
    {
        var triangle = new Samplers.KernelSamplerTests.Triangle();
        Assert.False(FusedWarp.IsFor(new AffineTransformation(), triangle));
        var error = Assert.Throws<ArgumentException>(() => new FusedWarp(new AffineTransformation(), triangle));
        Assert.Contains("affine and triangle", error.Message, StringComparison.Ordinal);
    }
}
