using Stn.Kernels;
using Stn.Testing;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Tests.Transformations;

/// <summary>What holds for every family.</summary>
public sealed class TransformationTests : TensorTest
{
    private readonly Plane _target = new(4, 6);

    public static TheoryData<string> All { get; } = new(Families.Names);

    public static TheoryData<string> Matrices { get; } = new(Families.Matrices);

    [Theory]
    [MemberData(nameof(All))]
    public void The_grid_holds_the_mapped_points_of_the_regular_grid_x_before_y(string family)
    {
        foreach (var align in new[] { AlignCorners.False, AlignCorners.True })
        {
            var transformation = Make(family, align);
            var theta = Families.Theta(transformation, 2);
            var (numbers, count) = (theta.Detach().ToArray<double>(), transformation.ParameterCount);
            var grid = transformation.Grid(theta, _target, align).Detach().ToArray<double>();
            for (var i = 0; i < grid.Length / 2; i++)
            {
                var (image, row, column) = (i / _target.Length, i % _target.Length / _target.Width, i % _target.Width);
                var target = new NormalizedPoint(
                    Coordinates.OfPixel<double>(column, _target.Width, align), Coordinates.OfPixel<double>(row, _target.Height, align));
                var source = transformation.Map(numbers.AsSpan(image * count, count), target);
                Assert.Equal(source.X, grid[2 * i], 10);
                Assert.Equal(source.Y, grid[(2 * i) + 1], 10);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_identity_moves_no_point(string family)
    {
        var transformation = Make(family);
        foreach (var point in new NormalizedPoint[] { new(0.3, -0.7), new(-1, -1), new(1, 1), new(-0.9, 0.95) })
        {
            var same = transformation.Map(transformation.Identity.ToArray(), point);
            Assert.Equal(point.X, same.X, 10);
            Assert.Equal(point.Y, same.Y, 10);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_gradient_of_the_grid_matches_finite_differences(string family)
    {
        var transformation = Make(family);
        GradientCheck.First(
            given => transformation.Grid(given[0], _target, AlignCorners.False),
            [Families.Theta(transformation, 2), .. transformation.OwnParameters.Select(own => own.Parameter.Value)]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Theta_of_another_shape_is_refused_with_both_shapes(string family)
    {
        var transformation = Make(family);
        var (count, wrong) = (transformation.ParameterCount, transformation.ParameterCount + 1);
        var error = Assert.Throws<ArgumentException>(() => transformation.Grid(Tensor.Zeros([2, wrong]), _target, AlignCorners.False));
        Assert.Contains($"(N, {count}), got (2, {wrong})", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => transformation.Map(new double[wrong], default));
    }

    [Theory]
    [MemberData(nameof(Matrices))]
    public void The_inverse_maps_back(string family)
    {
        var (transformation, theta) = Matrix(family);
        var back = transformation.Inverse(theta);
        var point = new NormalizedPoint(0.4, -0.3);
        var there = transformation.Map(back, transformation.Map(theta, point));
        Assert.Equal(point.X, there.X, 12);
        Assert.Equal(point.Y, there.Y, 12);
    }

    [Theory]
    [MemberData(nameof(Matrices))]
    public void A_composition_maps_like_its_parts_one_after_the_other(string family)
    {
        var (transformation, outer) = Matrix(family);
        var inner = Families.Theta(transformation, 1, seed: 6).Detach().ToArray<double>();
        var point = new NormalizedPoint(0.4, -0.3);
        var expected = transformation.Map(outer, transformation.Map(inner, point));
        var actual = transformation.Map(transformation.Compose(outer, inner), point);
        Assert.Equal(expected.X, actual.X, 12);
        Assert.Equal(expected.Y, actual.Y, 12);
    }

    [Theory]
    [MemberData(nameof(Matrices))]
    public void A_matrix_gives_its_parameters_back_and_maps_like_them(string family)
    {
        var (transformation, theta) = Matrix(family);
        var matrix = transformation.Matrix(theta);
        AssertClose.Values<double>(theta, transformation.Theta(matrix));
        if (transformation is not AffineFamily affine)
            return;
        var six = affine.ToAffine(Tensor.From(theta, 1, theta.Length)).ToArray<double>();
        AssertClose.Values<double>([.. Enumerable.Range(0, 6).Select(i => matrix[i / 3, i % 3])], six);
    }

    private (MatrixTransformation Family, double[] Theta) Matrix(string family)
    {
        var transformation = (MatrixTransformation)Make(family);
        return (transformation, Families.Theta(transformation, 1).Detach().ToArray<double>());
    }

    private Transformation Make(string family, AlignCorners align = AlignCorners.False)
    {
        var transformation = Families.Make(family, _target, align);
        foreach (var (_, parameter) in transformation.OwnParameters)
            Own(parameter);
        return transformation;
    }
}
