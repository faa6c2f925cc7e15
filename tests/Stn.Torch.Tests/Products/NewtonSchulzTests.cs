using Stn.Testing;
using Stn.Torch.Layers.Convolutions;
using Stn.Torch.Products;

namespace Stn.Torch.Tests.Products;

/// <summary>The iteration in kernels of ours against libtorch's operators in double precision.</summary>
public sealed class NewtonSchulzTests : TensorTest
{
    [Theory]
    [InlineData(8, 30)]
    [InlineData(9, 9)]
    [InlineData(31, 70)]
    [InlineData(32, 32)]
    [InlineData(33, 41)]
    [InlineData(67, 500)]
    [InlineData(185, 784)]
    public void It_is_as_near_to_the_exact_matrix_as_single_precision_lets_it(int rows, int columns)
    {
        if (!Lanes16.AreFast)
            return; // there the operators compute
        var square = Square(rows, columns);
        var exact = NewtonSchulz.ByOperators(square.To(DType.Float64));
        AssertClose.Tensors(exact, NewtonSchulz.Polynomial(square).To(DType.Float64), new Tolerance(2e-3, 2e-3));
        var direct = Error(NewtonSchulz.ByOperators(square));
        Assert.InRange(Error(NewtonSchulz.Polynomial(square)), 0, (4 * direct) + 1e-12);

        double Error(Tensor other) => (other.To(DType.Float64) - exact).Pow(2).Mean().Item<double>();
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        var square = Square(131, 200);
        var expected = NewtonSchulz.Polynomial(square).ToArray<float>();
        var threads = TorchRuntime.Threads;
        try
        {
            foreach (var other in new[] { 1, 3 })
            {
                TorchRuntime.Threads = other;
                Assert.Equal(expected, NewtonSchulz.Polynomial(square).ToArray<float>());
            }
        }
        finally
        {
            TorchRuntime.Threads = threads;
        }
    }

    [Fact]
    public void What_is_recorded_comes_from_operators() =>
        Assert.True(NewtonSchulz.Polynomial(Square(16, 20).Detach().RequireGrad()).RequiresGrad);

    [Fact]
    public void What_is_not_a_number_does_not_vanish()
    {
        if (!Lanes16.AreFast)
            return;
        var square = Square(40, 50);
        square.DangerousGetSpan<float>()[41] = float.NaN;
        Assert.Contains(float.NaN, NewtonSchulz.Polynomial(square).ToArray<float>());
    }

    private static Tensor Square(int rows, int columns)
    {
        var matrix = GradientCheck.Input(5, rows, columns).Detach().To(DType.Float32);
        matrix /= matrix.Norm() + 1e-7;
        return matrix.MatMul(matrix.Transpose(0, 1));
    }
}
