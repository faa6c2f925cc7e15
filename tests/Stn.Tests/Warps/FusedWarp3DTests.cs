using Stn.Kernels;
using Stn.Samplers;
using Stn.Testing;
using Stn.Torch;
using Stn.Transformations;
using Stn.Warps;

namespace Stn.Tests.Warps;

/// <summary>The fused affine warp of volumes against libtorch's grid generator and sampler, at sizes of many tiles.</summary>
public sealed class FusedWarp3DTests : TensorTest
{
    private readonly Warp3D _warp = new(new AffineTransformation3D(), new BilinearSampler());

    [Theory]
    [InlineData(1, 20, 24, 31, 17, DType.Float32)]
    [InlineData(3, 9, 7, 5, 12, DType.Float32)]
    [InlineData(17, 6, 11, 8, 7, DType.Float32)]
    [InlineData(1, 20, 24, 31, 17, DType.Float64)]
    [InlineData(5, 1, 7, 1, 6, DType.Float64)]
    public void Values_and_gradients_are_those_of_libtorch(int channels, int depth, int height, int width, int size, DType type)
    {
        var image = GradientCheck.Input(11, 2, channels, depth, height, width).Detach().To(type).RequireGrad();
        var theta = Families.Theta(new AffineTransformation3D(), 2).Detach().To(type).RequireGrad();
        var seed = GradientCheck.Input(12, 2, channels, size, size + 1, size + 2).Detach().To(type);
        foreach (var align in new[] { AlignCorners.False, AlignCorners.True })
        {
            var corners = align == AlignCorners.True;
            var fused = Run(_warp.Apply(image, theta, new Volume(size, size + 1, size + 2), align));
            var grid = Functional.AffineGrid(theta.Reshape(2, 3, 4), [2, channels, size, size + 1, size + 2], corners);
            var reference = Run(Functional.GridSampler(image, grid, 0, 0, corners));
            var narrow = type == DType.Float32;
            AssertClose.Tensors(reference[0], fused[0], narrow ? new Tolerance(2e-5, 1e-4) : new Tolerance(1e-11, 1e-9));
            AssertClose.Tensors(reference[1], fused[1], narrow ? new Tolerance(5e-5, 1e-4) : new Tolerance(1e-11, 1e-9));
            AssertClose.Tensors(reference[2], fused[2], narrow ? new Tolerance(2e-2, 1e-3) : new Tolerance(1e-9, 1e-9));
        }

        Tensor[] Run(Tensor value) => [value.Detach(), .. Autograd.Gradients([value], [image, theta], [seed])!];
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        var image = GradientCheck.Input(11, 1, 2, 20, 20, 20).Detach().To(DType.Float32).RequireGrad();
        var theta = Families.Theta(new AffineTransformation3D(), 1).Detach().To(DType.Float32).RequireGrad();
        var before = TorchRuntime.Threads;
        try
        {
            var results = new[] { 1, 2, 3 }.Select(threads =>
            {
                TorchRuntime.Threads = threads;
                var value = _warp.Apply(image, theta, new Volume(20, 20, 20), AlignCorners.False);
                return (Tensor[])[value.Detach(), .. Autograd.Gradients([(value * value).Sum()], [image, theta])!];
            }).ToArray();
            for (var i = 0; i < 3; i++)
                Assert.All(results, result => AssertClose.Tensors(results[0][i], result[i], Tolerance.Exact));
        }
        finally
        {
            TorchRuntime.Threads = before;
        }
    }
}
