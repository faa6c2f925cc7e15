using Stn.Kernels;
using Stn.Testing;
using Stn.Torch;
using Stn.Transformations;

namespace Stn.Tests.Transformations;

/// <summary>What holds for every family of volumes, and the formula of each in numbers of its own.</summary>
public sealed class Transformation3DTests : TensorTest
{
    private static readonly NormalizedPoint3D Point = new(1, 10, 100);
    private readonly Volume _target = new(3, 4, 5);

    public static TheoryData<string> All { get; } = new(Families.OfVolumes);

    [Theory]
    [MemberData(nameof(All))]
    public void The_grid_holds_the_mapped_points_of_the_regular_grid_x_before_y_before_z(string family)
    {
        var transformation = Families.Make3D(family);
        var (theta, count) = (Families.Theta(transformation, 2), transformation.ParameterCount);
        var numbers = theta.Detach().ToArray<double>();
        foreach (var target in new[] { _target, new Volume(1, 1, 1), new Volume(1, 4, 2) })
        {
            foreach (var align in new[] { AlignCorners.False, AlignCorners.True })
            {
                var grid = transformation.Grid(theta, target, align).Detach();
                Assert.Equal([2, target.Depth, target.Height, target.Width, 3], grid.Shape);
                var expected = from image in Enumerable.Range(0, 2)
                               from slice in Enumerable.Range(0, target.Depth)
                               from row in Enumerable.Range(0, target.Height)
                               from column in Enumerable.Range(0, target.Width)
                               let point = new NormalizedPoint3D(At(column, target.Width), At(row, target.Height), At(slice, target.Depth))
                               let source = transformation.Map(numbers.AsSpan(image * count, count), point)
                               from coordinate in new[] { source.X, source.Y, source.Z }
                               select coordinate;
                AssertClose.Values<double>([.. expected], grid.ToArray<double>());

                double At(int index, int size) => Coordinates.OfPixel<double>(index, size, align);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_identity_moves_no_point(string family)
    {
        var transformation = Families.Make3D(family);
        Assert.Equal(Point, transformation.Map(transformation.Identity.ToArray(), Point));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_gradient_of_the_grid_matches_finite_differences(string family)
    {
        var transformation = Families.Make3D(family);
        GradientCheck.First(given => transformation.Grid(given[0], _target, AlignCorners.False), [Families.Theta(transformation, 2)]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Theta_of_another_shape_is_refused_with_both_shapes(string family)
    {
        var transformation = Families.Make3D(family);
        var (count, wrong) = (transformation.ParameterCount, transformation.ParameterCount + 1);
        var error = Assert.Throws<ArgumentException>(() => transformation.Grid(Tensor.Zeros([2, wrong]), _target, AlignCorners.False));
        Assert.Contains($"(N, {count}), got (2, {wrong})", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => transformation.ToAffine(Tensor.Zeros([2, wrong])));
        Assert.Throws<ArgumentException>(() => transformation.Map(new double[wrong], default));
        Assert.Throws<ArgumentException>(() => transformation.Matrix(new double[wrong]));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_inverse_maps_back_and_a_composition_maps_like_its_parts(string family)
    {
        var transformation = Families.Make3D(family);
        var (outer, inner) = (Theta(transformation, 5), Theta(transformation, 6));
        var there = transformation.Map(outer, Point);
        Near(Point, transformation.Map(transformation.Inverse(outer), there));
        Near(transformation.Map(outer, transformation.Map(inner, Point)), transformation.Map(transformation.Compose(outer, inner), Point));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_matrix_gives_its_parameters_back_and_holds_the_twelve_affine_ones(string family)
    {
        var transformation = Families.Make3D(family);
        var theta = Theta(transformation, 5);
        var matrix = transformation.Matrix(theta);
        AssertClose.Values<double>(theta, transformation.Theta(matrix));
        var twelve = transformation.ToAffine(Tensor.From(theta, 1, theta.Length)).ToArray<double>();
        AssertClose.Values<double>([.. Enumerable.Range(0, 12).Select(i => matrix[i / 4, i % 4])], twelve);
        Assert.Equal([0, 0, 0, 1], Enumerable.Range(0, 4).Select(column => matrix[3, column]));
        Near(transformation.Map(theta, Point), matrix.Map(Point));
    }

    [Fact]
    public void Each_formula_is_that_of_its_documentation()
    {
        Assert.Equal(new NormalizedPoint3D(1.25, 9.5, 102), new TranslationTransformation3D().Map([0.25, -0.5, 2], Point));
        Assert.Equal(new NormalizedPoint3D(3.5, 9, 55), new AttentionTransformation3D().Map([0.5, 3, 4, 5], Point));
        Assert.Equal(new NormalizedPoint3D(4.5, 25, 306), new ScaledAttentionTransformation3D().Map([0.5, 2, 3, 4, 5, 6], Point));
        Assert.Equal(
            new NormalizedPoint3D(1 + 20 + 300 + 4, 5 + 60 + 700 + 8, 9 + 100 + 1100 + 12),
            new AffineTransformation3D().Map([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], Point));
    }

    [Fact]
    public void A_map_that_folds_space_has_no_inverse_and_a_matrix_has_twelve_entries()
    {
        Assert.Throws<ArithmeticException>(() => new ScaledAttentionTransformation3D().Inverse([1, 1, 0, 0, 0, 0]));
        var error = Assert.Throws<ArgumentException>(() => new SpaceMatrix(1, 2, 3));
        Assert.Contains("12 entries, got 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_makes_no_family_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new Table(new double[12], new double[6]));
        Assert.Throws<ArgumentException>(() => new Table(new double[12], new double[12]));
    }

    private static double[] Theta(AffineFamily3D transformation, int seed) => Families.Theta(transformation, 1, seed).Detach().ToArray<double>();

    private static void Near(NormalizedPoint3D expected, NormalizedPoint3D actual) =>
        AssertClose.Values<double>([expected.X, expected.Y, expected.Z], [actual.X, actual.Y, actual.Z], new Tolerance(1e-10, 0));

    private sealed class Table(double[] constant, params double[][] table) : LinearAffineFamily3D(constant, table)
    {
        public override string Name => "table";

        public override IReadOnlyList<double> Identity => [];
    }
}
