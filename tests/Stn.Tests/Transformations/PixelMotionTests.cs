using Stn.Kernels;
using Stn.Transformations;

namespace Stn.Tests.Transformations;

/// <summary>What an editor's words for a motion come to, in pixels.</summary>
public sealed class PixelMotionTests
{
    private static readonly Plane Wide = new(21, 41); // its middle is pixel (20, 10)

    public static TheoryData<AlignCorners> Conventions { get; } = [AlignCorners.False, AlignCorners.True];

    [Theory]
    [MemberData(nameof(Conventions))]
    public void No_motion_is_the_identity_to_the_bit(AlignCorners align)
    {
        foreach (var plane in new[] { Wide, new Plane(1, 1), new Plane(49, 1), new Plane(1080, 1920) })
            Assert.Equal([1, 0, 0, 0, 1, 0], new PixelMotion().Transformation(plane, align).Theta);
    }

    // What stands 10 pixels right of the middle, and where it is seen afterwards.
    [Theory]
    [InlineData(90, 1, 20, 0)] // counter-clockwise: from the right to above
    [InlineData(-90, 1, 20, 20)]
    [InlineData(180, 1, 10, 10)]
    [InlineData(0, 0.5, 25, 10)]
    [InlineData(0, -1, 10, 10)]
    public void A_turn_and_a_scale_are_those_of_pixels_on_any_picture(double degrees, double scale, int column, int row)
    {
        foreach (var align in Conventions)
        {
            var motion = new PixelMotion(degrees, scale, scale);
            AssertReads(motion, align, (column, row), (30, 10));
        }
    }

    [Theory]
    [MemberData(nameof(Conventions))]
    public void Content_is_scaled_then_sheared_then_turned_then_moved(AlignCorners align)
    {
        // (2, 1) from the middle → scaled (4, 1) → sheared (4.5, 1) → a quarter turn (1, −4.5) → moved (4, 0.5).
        var motion = new PixelMotion(90, 2, 1, 0.5, 0, 3, 5);
        AssertReads(motion, align, (24, 10.5), (22, 11));
    }

    [Theory]
    [MemberData(nameof(Conventions))]
    public void A_shear_moves_rows_or_columns(AlignCorners align)
    {
        AssertReads(new PixelMotion(ShearX: 0.5), align, (22, 14), (20, 14));
        AssertReads(new PixelMotion(ShearY: 0.5), align, (24, 12), (24, 10));
    }

    [Fact]
    public void On_a_square_it_is_the_similarity_of_the_same_angle_and_the_inverse_scale()
    {
        var theta = new PixelMotion(30, 0.8, 0.8).Transformation(new Plane(32, 32), AlignCorners.False).Theta;
        var (a, b) = (Math.Cos(Math.PI / 6) / 0.8, Math.Sin(Math.PI / 6) / 0.8);
        Assert.Equal([a, -b, 0, b, a, 0], theta.Select(x => Math.Round(x, 14)), (x, y) => Math.Abs(x - y) < 1e-12);
    }

    [Theory]
    [InlineData(0, 1, 0, 0)]
    [InlineData(1, 0, 0, 0)]
    [InlineData(1, 1, 2, 0.5)]
    [InlineData(double.NaN, 1, 0, 0)]
    public void A_motion_that_folds_the_picture_is_refused(double scaleX, double scaleY, double shearX, double shearY)
    {
        var motion = new PixelMotion(0, scaleX, scaleY, shearX, shearY);
        Assert.Contains("fold", Assert.Throws<ArgumentException>(() => motion.Transformation(Wide, AlignCorners.False)).Message, StringComparison.Ordinal);
    }

    private static void AssertReads(PixelMotion motion, AlignCorners align, (double X, double Y) target, (double X, double Y) source)
    {
        var read = PixelMatrix.FromPixels(Wide, align).Map(new NormalizedPoint(target.X, target.Y));
        var pixel = PixelMatrix.ToPixels(Wide, align).Map(motion.Transformation(Wide, align).Map(read));
        Assert.Equal(source.X, pixel.X, 9);
        Assert.Equal(source.Y, pixel.Y, 9);
    }
}
