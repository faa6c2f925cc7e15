namespace Stn.Kernels.Tests;

public class ThinPlateSplineTests
{
    [Theory]
    [InlineData(2, 0)]
    [InlineData(4, 0)]
    [InlineData(4, 0.1)]
    [InlineData(6, 0)]
    public void The_lattice_is_the_identity_and_affine_maps_stay_affine(int side, double regulariser)
    {
        var (target, count) = (new Plane(9, 11), side * side);
        var basis = ThinPlateSpline.Basis(side, target, AlignCorners.False, regulariser);
        var lattice = ThinPlateSpline.Lattice(side);
        for (var point = 0; point < target.Length; point++)
        {
            var x = Coordinates.OfPixel<double>(point % 11, 11, AlignCorners.False);
            var y = Coordinates.OfPixel<double>(point / 11, 9, AlignCorners.False);
            double atX = 0, atY = 0, affine = 0;
            for (var k = 0; k < count; k++)
            {
                var response = basis[(k * target.Length) + point];
                atX += response * lattice[k];
                atY += response * lattice[count + k];
                affine += response * ((0.5 * lattice[k]) - (0.2 * lattice[count + k]) + 0.1);
            }

            Assert.Equal(x, atX, 9);
            Assert.Equal(y, atY, 9);
            Assert.Equal((0.5 * x) - (0.2 * y) + 0.1, affine, 9);
        }
    }

    [Fact]
    public void The_spline_passes_through_its_control_points()
    {
        // With aligned corners the 7×7 target has the 4×4 lattice among its pixels.
        var basis = ThinPlateSpline.Basis(4, new Plane(7, 7), AlignCorners.True);
        for (var control = 0; control < 16; control++)
        {
            for (var k = 0; k < 16; k++)
            {
                var pixel = (control / 4 * 2 * 7) + (control % 4 * 2);
                Assert.Equal(k == control ? 1 : 0, basis[(k * 49) + pixel], 9);
            }
        }
    }

    [Fact]
    public void The_basis_at_a_point_is_that_over_a_target_there()
    {
        var (spline, target) = (new SplineBasis(3, regulariser: 0.2), new Plane(4, 5));
        var (basis, functions) = (ThinPlateSpline.Basis(3, target, AlignCorners.False, 0.2), new double[9]);
        spline.Evaluate(Coordinates.OfPixel<double>(3, 5, AlignCorners.False), Coordinates.OfPixel<double>(1, 4, AlignCorners.False), functions);
        Assert.Equal(Enumerable.Range(0, 9).Select(k => basis[(k * 20) + 8]), functions);
        Assert.Throws<ArgumentException>(() => spline.Evaluate(0, 0, new double[8]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SplineBasis(3, -1));
    }

    [Fact]
    public void A_lattice_needs_two_points_a_side() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ThinPlateSpline.Basis(1, new Plane(3, 3), AlignCorners.False));
}
