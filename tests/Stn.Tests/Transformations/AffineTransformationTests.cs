using Stn.Kernels;
using Stn.Testing;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Tests.Transformations;

public sealed class AffineTransformationTests : TensorTest
{
    private readonly AffineTransformation _affine = new();

    [Theory]
    [InlineData(AlignCorners.False)]
    [InlineData(AlignCorners.True)]
    public void The_grid_holds_the_mapped_points_of_the_regular_grid_x_before_y(AlignCorners align)
    {
        var theta = Example.Theta(2);
        var numbers = theta.Detach().ToArray<double>();
        var grid = _affine.Grid(theta, new Plane(3, 5), align).Detach().ToArray<double>();
        for (var i = 0; i < grid.Length / 2; i++)
        {
            var (image, row, column) = (i / 15, i % 15 / 5, i % 5);
            var target = new NormalizedPoint(Coordinates.OfPixel<double>(column, 5, align), Coordinates.OfPixel<double>(row, 3, align));
            var source = _affine.Map(numbers.AsSpan(image * 6, 6), target);
            Assert.Equal(source.X, grid[2 * i], 12);
            Assert.Equal(source.Y, grid[(2 * i) + 1], 12);
        }
    }

    [Fact]
    public void The_identity_moves_no_point()
    {
        var point = new NormalizedPoint(0.3, -0.7);
        Assert.Equal(point, _affine.Map(_affine.Identity.ToArray(), point));
    }

    [Fact]
    public void Parameters_come_row_by_row()
    {
        Assert.Equal(new NormalizedPoint(1 + (2 * 10) + 3, 4 + (5 * 10) + 6), _affine.Map([1, 2, 3, 4, 5, 6], new NormalizedPoint(1, 10)));
    }

    [Fact]
    public void The_gradient_to_theta_matches_finite_differences() =>
        GradientCheck.First(given => _affine.Grid(given[0], new Plane(4, 3), AlignCorners.False), [Example.Theta(2)]);

    [Fact]
    public void Theta_of_another_shape_is_refused_with_both_shapes()
    {
        var error = Assert.Throws<ArgumentException>(() => _affine.Grid(Tensor.Zeros([2, 8]), new Plane(4, 4), AlignCorners.False));
        Assert.Contains("(N, 6)", error.Message, StringComparison.Ordinal);
        Assert.Contains("(2, 8)", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _affine.Map([1, 2], default));
    }
}
