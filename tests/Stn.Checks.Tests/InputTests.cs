using Stn.Checks.Cases;
using Stn.Checks.Inputs;
using Stn.Testing;
using Stn.Torch;

namespace Stn.Checks.Tests;

/// <summary>An input that says nothing would let every warp pass.</summary>
public sealed class InputTests : TensorTest
{
    public static TheoryData<string> Families { get; } = new([.. CheckedFamily.All.Select(family => family.Name)]);

    [Theory]
    [MemberData(nameof(Families))]
    public void Most_points_of_the_ordinary_inputs_have_one_right_answer_and_pass_a_gradient(string family)
    {
        foreach (var one in CheckTable.Default.Cases.Where(one => one.Family?.Name == family && one.Sampler.Name == "bilinear-zeros"))
        {
            foreach (var shape in InputShape.For(one).Where(shape => shape.Kind is InputKind.Ordinary or InputKind.Strided && shape.Count > 0))
            {
                using var scope = new TensorScope();
                using var prepared = one.Prepare(shape.Target);
                var input = new InputDraws(1).Draw(shape, prepared.Pair.Points, one.Type);
                var settled = input.Settled.Count(point => point) / (double)input.Settled.Length;
                Assert.True(settled > (family.StartsWith("identity", StringComparison.Ordinal) ? 0 : 0.6), $"{one} {shape.Name}: {settled:p0}");
                Assert.True(input.Seed.Abs().Sum().To(DType.Float64).Item<double>() > 0);
            }
        }
    }

    public static TheoryData<string> FamiliesOfImages { get; } =
        new([.. CheckedFamily.All.Where(family => family.Dimensions == 2).Select(family => family.Name)]);

    [Theory]
    [MemberData(nameof(FamiliesOfImages))]
    public void Kernels_of_the_anti_aliased_sampler_are_wide_at_points_that_pass_a_gradient(string family)
    {
        foreach (var one in CheckTable.Default.Cases.Where(one => one.Family?.Name == family && one.Sampler.Name == "antialiased-zeros"))
        {
            foreach (var shape in InputShape.For(one).Where(shape => shape.Name is InputShape.Small or "shrunk"))
            {
                using var scope = new TensorScope();
                using var prepared = one.Prepare(shape.Target);
                var input = new InputDraws(1).Draw(shape, prepared.Pair.Points, one.Type);
                Assert.Contains(input.Places.Zip(input.Settled), point => point.Second && point.First.ScaleX > 1.1 && point.First.ScaleY > 1.1);
            }
        }
    }

    [Fact]
    public void Points_outside_and_points_that_are_no_place_are_among_the_inputs()
    {
        using var prepared = CheckTable.Default["2d/grid/bilinear-zeros/edges/float64"].Prepare(new(1, 13, 13));
        var shape = InputShape.For(CheckTable.Default["2d/grid/bilinear-zeros/edges/float64"]).Single(one => one.Name == "no place");
        var input = new InputDraws(1).Draw(shape, prepared.Pair.Points, DType.Float64);
        Assert.Contains(input.Places, place => double.IsNaN(place.X) && place.Y > 1e38);
        Assert.Contains(input.Places, place => double.IsNegativeInfinity(place.X) && double.IsPositiveInfinity(place.Y));
        Assert.Contains(input.Places, place => place.IsFinite && place.X is > 0 and < 8 && place.Y is > 0 and < 4);
    }
}
