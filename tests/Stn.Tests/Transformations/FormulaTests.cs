using Stn.Kernels;
using Stn.Testing;
using Stn.Torch;
using Stn.Torch.Layers;
using Stn.Transformations;

namespace Stn.Tests.Transformations;

/// <summary>The formula of each family in numbers of its own.</summary>
public sealed class FormulaTests : TensorTest
{
    private static readonly NormalizedPoint Point = new(1, 10);

    [Fact]
    public void Affine_parameters_come_row_by_row() => Assert.Equal(
        new NormalizedPoint(1 + (2 * 10) + 3, 4 + (5 * 10) + 6), new AffineTransformation().Map([1, 2, 3, 4, 5, 6], Point));

    [Fact]
    public void Attention_is_one_scale_and_a_translation() =>
        Assert.Equal(new NormalizedPoint(0.5 + 3, 5 + 4), new AttentionTransformation().Map([0.5, 3, 4], Point));

    [Fact]
    public void Scaled_attention_has_a_scale_for_each_axis() =>
        Assert.Equal(new NormalizedPoint(0.5 + 3, 20 + 4), new ScaledAttentionTransformation().Map([0.5, 2, 3, 4], Point));

    [Fact]
    public void A_translation_moves_the_sampled_region() =>
        Assert.Equal(new NormalizedPoint(1.25, 9.5), new TranslationTransformation().Map([0.25, -0.5], Point));

    [Fact]
    public void A_quarter_turn_takes_right_to_down()
    {
        var down = new RotationTransformation().Map([Math.PI / 2], new NormalizedPoint(1, 0));
        Assert.Equal((0, 1), (Math.Round(down.X, 12), down.Y));
    }

    [Fact]
    public void A_similarity_is_scale_times_cosine_and_sine()
    {
        var theta = new[] { 2 * Math.Cos(0.3), 2 * Math.Sin(0.3), 0, 0 };
        var turned = new RotationTransformation().Map([0.3], Point);
        var actual = new SimilarityTransformation().Map(theta, Point);
        Assert.Equal(2 * turned.X, actual.X, 12);
        Assert.Equal(2 * turned.Y, actual.Y, 12);
    }

    [Fact]
    public void A_projective_map_divides_by_w()
    {
        var source = new ProjectiveTransformation().Map([1, 2, 3, 4, 5, 6, 0.5, 0.25], Point);
        Assert.Equal(new NormalizedPoint(24 / 4.0, 60 / 4.0), source);
    }

    [Fact]
    public void Points_on_and_behind_the_horizon_have_no_place_and_no_gradient()
    {
        var projective = new ProjectiveTransformation();
        Assert.True(double.IsNaN(projective.Map([1, 0, 0, 0, 1, 0, -1, 0], new NormalizedPoint(1, 0.5)).X));
        var theta = Tensor.From([1.0, 0, 0, 0, 1, 0, -2, 0], 1, 8).RequireGrad();
        var grid = projective.Grid(theta, new Plane(1, 4), AlignCorners.False);
        Assert.Equal([false, false, false, true], Enumerable.Range(0, 4).Select(i => double.IsNaN(grid.Detach().ToArray<double>()[2 * i])));
        grid.Narrow(2, 3, 1).Sum().Backward();
        Assert.Equal(0, theta.Grad!.Abs().Sum().Item<double>());
    }

    [Fact]
    public void A_map_that_folds_the_plane_has_no_inverse() =>
        Assert.Throws<ArithmeticException>(() => new AttentionTransformation().Inverse([0, 0.2, 0.3]));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Lattice_families_take_each_control_point_to_its_place(int side)
    {
        foreach (var family in new LatticeTransformation[] { new ThinPlateSplineTransformation(side), new MeshTransformation(side) })
        {
            var theta = Families.Theta(family, 1).Detach().ToArray<double>();
            var points = side * side;
            for (var k = 0; k < points; k++)
            {
                var source = family.Map(theta, new NormalizedPoint(family.Identity[k], family.Identity[points + k]));
                Assert.Equal(theta[k], source.X, 9);
                Assert.Equal(theta[points + k], source.Y, 9);
            }
        }
    }

    [Fact]
    public void A_lattice_family_serves_more_sizes_than_it_keeps_and_both_types()
    {
        var family = new ThinPlateSplineTransformation(2);
        foreach (var size in Enumerable.Range(2, 12).Concat([2]))
        {
            foreach (var type in new[] { DType.Float32, DType.Float64 })
            {
                var theta = Tensor.From(family.Identity.ToArray(), 1, 8).To(type);
                var expected = new IdentityTransformation().Grid(theta.Narrow(1, 0, 0), new Plane(size, 3), AlignCorners.False);
                AssertClose.Tensors(expected, family.Grid(theta, new Plane(size, 3), AlignCorners.False));
            }
        }
    }

    [Fact]
    public void A_regulariser_bends_the_spline_less_but_keeps_affine_maps()
    {
        var theta = new ThinPlateSplineTransformation(3).Identity.Select(x => (0.5 * x) + 0.1).ToArray();
        var stiff = new ThinPlateSplineTransformation(3, regulariser: 10);
        Assert.Equal(0.25, stiff.Map(theta, new NormalizedPoint(0.3, 0.4)).X, 10);
        theta[4] += 1; // the middle one alone
        var (free, held) = (new ThinPlateSplineTransformation(3).Map(theta, default).X, stiff.Map(theta, default).X);
        Assert.Equal(1.1, free, 10);
        Assert.InRange(held, 0.1, 0.5);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ThinPlateSplineTransformation(3, -1));
    }

    [Fact]
    public void A_mesh_is_affine_in_each_triangle_and_moves_nothing_beyond_a_points_neighbours()
    {
        var mesh = new MeshTransformation(3);
        var theta = mesh.Identity.ToArray();
        theta[0] -= 0.5; // the upper left corner, to the left
        Assert.Equal(new NormalizedPoint(-0.75, -0.75), mesh.Map(theta, new NormalizedPoint(-0.5, -0.75)) with { Y = -0.75 });
        Assert.Equal(new NormalizedPoint(0.5, -0.5), mesh.Map(theta, new NormalizedPoint(0.5, -0.5)));
    }

    [Fact]
    public void A_learned_basis_is_a_parameter_of_the_transformer_and_a_fixed_one_a_buffer()
    {
        foreach (var learned in new[] { true, false })
        {
            var basis = BasisTransformation.From(new ThinPlateSplineTransformation(2), new Plane(4, 6), learned: learned);
            using var transformer = new SpatialTransformer(new Flatten(), basis);
            var (name, parameter) = Assert.Single(transformer.Parameters());
            Assert.Equal(("transformation.basis", learned), (name, parameter.IsLearned));
            Assert.Equal([4, 4, 6], parameter.Value.Shape);
            Assert.Equal(learned, basis.IsLearned);
        }
    }

    [Fact]
    public void A_basis_belongs_to_one_target_and_one_convention()
    {
        var basis = BasisTransformation.From(new ThinPlateSplineTransformation(2), new Plane(4, 6));
        using var transformer = new SpatialTransformer(new Flatten(), basis);
        Assert.Throws<ArgumentException>(() => basis.Grid(Tensor.Zeros([1, 8]), new Plane(4, 5), AlignCorners.False));
        var error = Assert.Throws<ArgumentException>(() => basis.Grid(Tensor.Zeros([1, 8]), new Plane(4, 6), AlignCorners.True));
        Assert.Contains("Height = 4", error.Message, StringComparison.Ordinal);
        using var other = new Parameter(Tensor.Zeros([3, 4, 4]));
        Assert.Throws<ArgumentException>(() => new BasisTransformation(other, [1, 0, 0]));
    }
}
