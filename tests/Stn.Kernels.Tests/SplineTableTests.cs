using Stn.Kernels.Tests.Support;

namespace Stn.Kernels.Tests;

/// <summary>A quarter of the basis functions stands for all of them, and the warp that reads it for the general one.</summary>
public class SplineTableTests
{
    public static TheoryData<int, int, int, AlignCorners> Targets() => new()
    {
        { 2, 1, 1, AlignCorners.False },
        { 3, 7, 10, AlignCorners.True },
        { 4, 42, 42, AlignCorners.False },
        { 4, 33, 1, AlignCorners.False },
        { 5, 1, 34, AlignCorners.True },
        { 4, 131, 257, AlignCorners.False },   // several tiles, odd both ways
        { 3, 96, 200, AlignCorners.True },
        { 4, 2, 9001, AlignCorners.False },    // tiles of a few rows
        { 4, 1, 9000, AlignCorners.False },    // tiles that have no mirror image below
    };

    [Theory]
    [MemberData(nameof(Targets))]
    public void The_functions_are_those_of_the_spline(int side, int height, int width, AlignCorners align)
    {
        var plane = new Plane(height, width);
        var (table, basis) = (new SplineTable<double>(side, plane, align, 0.1), ThinPlateSpline.Basis(side, plane, align, 0.1));
        var functions = new double[side * side];
        for (var point = 0; point < plane.Length; point += 1 + (plane.Length / 1000))
        {
            table.Evaluate(point / width, point % width, functions);
            for (var k = 0; k < functions.Length; k++)
                Assert.Equal(basis[(k * plane.Length) + point], functions[k], 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void The_warp_is_that_of_the_whole_basis(int side, int height, int width, AlignCorners align)
    {
        foreach (var (channels, sampling) in new[] { (2, Sampling.Cubic()), (9, Sampling.Cubic(Padding.Border)) })
        {
            // Cubic: its gradients have no jumps where rounding takes a point across a pixel.
            var spline = Case<double>(side, height, width, align, channels, sampling);
            var (ofSpline, ofBasis) = (spline.Backward(), Whole(spline).Backward(basis: false));
            Close.To(Whole(spline).Forward(), spline.Forward(), 1e-10, "V");
            Close.To<double>(ofBasis.Images, ofSpline.Images, 1e-10, "∂U");
            Close.To<double>(ofBasis.Parameters, ofSpline.Parameters, 1e-9, "∂θ");
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(3e38f)]
    public void Parameters_that_are_no_place_reach_the_points_that_they_move(float strange)
    {
        foreach (var (height, width) in new[] { (9, 13), (130, 150) })
        {
            var spline = Case<float>(4, height, width, AlignCorners.False, 1, Sampling.Linear(Padding.Border)).Image(0);
            spline.Parameters[5] = strange;
            Assert.Equal(Whole(spline).Forward(), spline.Forward());
            Assert.Equal(spline.Forward(), spline.Forward(threads: 3));
        }
    }

    [Theory]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NaN)]
    public void A_gradient_that_is_not_finite_reaches_the_parameters_that_moved_its_point(float strange)
    {
        foreach (var (height, width) in new[] { (9, 13), (130, 150) })
        {
            var spline = Case<float>(3, height, width, AlignCorners.False, 1, Sampling.Linear(Padding.Border));
            spline.GradientOutput[width + 3] = strange;
            Assert.Equal(
                Whole(spline).Backward(basis: false).Parameters.Select(Kind), spline.Backward().Parameters.Select(Kind));
        }

        static string Kind(float value) => float.IsFinite(value) ? "finite" : value.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void A_table_names_what_does_not_fit()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SplineTable<float>(1, new Plane(3, 3), AlignCorners.False));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SplineTable<float>(3, new Plane(-1, 3), AlignCorners.False));
        var table = new SplineTable<float>(3, new Plane(4, 5), AlignCorners.False);
        Assert.Throws<ArgumentException>(() => table.Evaluate(0, 0, new float[8]));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Evaluate(4, 0, new float[9]));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Evaluate(0, 5, new float[9]));
        var error = Assert.Throws<ArgumentException>(() => SplineWarp.Forward(
            new float[20], new ImageBatch(1, 1, new Plane(4, 5)), new float[9], table, Sampling.Linear(), AlignCorners.False, new float[20]));
        Assert.Contains("N·2·K² = 18 values, got 9", error.Message, StringComparison.Ordinal);
    }

    private static WarpCase<T> Case<T>(int side, int height, int width, AlignCorners align, int channels, Sampling sampling)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var draws = new Draws(side + height);
        return draws.Case<T>(new Setting(
            Kind.Spline, 2, channels, new Volume(1, 19, 23), new Volume(1, height, width), sampling, align, Functions: side - 2));
    }

    // The same warp through BasisWarp, whose functions are the table's.
    private static WarpCase<T> Whole<T>(WarpCase<T> c)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var (s, table) = (c.Setting, SplineTables.Of<T>(c.Setting));
        var (basis, functions) = (new T[s.Side * s.Side * s.Target.Length], new T[s.Side * s.Side]);
        for (var point = 0; point < s.Target.Length; point++)
        {
            table.Evaluate(point / s.Target.Width, point % s.Target.Width, functions);
            for (var k = 0; k < functions.Length; k++)
                basis[(k * s.Target.Length) + point] = functions[k];
        }

        return c with { Setting = s with { Kind = Kind.Basis, Functions = functions.Length }, Basis = basis };
    }
}
