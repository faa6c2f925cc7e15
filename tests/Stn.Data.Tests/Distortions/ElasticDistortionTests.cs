using Stn.Data.Distortions;
using Stn.Kernels;
using static Stn.Data.Tests.Distortions.DistortionTrial;

namespace Stn.Data.Tests.Distortions;

public sealed class ElasticDistortionTests
{
    private static readonly ElasticDistortion s_elastic = new();

    [Fact]
    public void Scales_are_uniform_and_control_points_move_normally()
    {
        var bins = new int[10];
        var moves = Enumerable.Range(0, 32).Select(_ => new List<double>()).ToArray();
        Span<double> one = stackalloc double[32];
        for (var i = 0; i < 20_000; i++)
        {
            var random = Random(6, i);
            bins[Tenth(ElasticDistortion.Draw(ref random, one), 0.75, 1)]++;
            for (var k = 0; k < 32; k++)
                moves[k].Add(one[k]);
        }

        AssertUniform(bins);
        Assert.All(moves, values => AssertNormal(values, 1.5));
        Assert.InRange(moves[0].Zip(moves[16], (x, y) => x * y).Average() / 2.25, -0.04, 0.04);
        Assert.InRange(moves[0].Zip(moves[1], (x, y) => x * y).Average() / 2.25, -0.04, 0.04);
    }

    /// <summary>An image of ramps says, in its values, where it was read: 8·x, then 8·y.</summary>
    [Fact]
    public void The_control_points_read_what_lies_as_far_off_as_they_were_moved()
    {
        var (alongX, alongY) = (Ramp(i => i % 28), Ramp(i => i / 28));
        for (var i = 0UL; i < 100; i++)
        {
            var moves = new double[32];
            var random = Random(i, 0);
            var scale = ElasticDistortion.Draw(ref random, moves);
            var (x, y) = (Apply(s_elastic, alongX, 0, i).Canvas, Apply(s_elastic, alongY, 0, i).Canvas);
            // Of the inner control points, which lie between pixels, the mean of the four around: the spline is smooth there.
            foreach (var k in new[] { 5, 6, 9, 10 })
            {
                var (column, row) = ((28 / 3.0 * (k % 4)) - 0.5, (28 / 3.0 * (k / 4)) - 0.5);
                Assert.Equal(13.5 + ((column - 13.5 + moves[k]) / scale), Read(x, column, row) / 8, 0.45);
                Assert.Equal(13.5 + ((row - 13.5 + moves[16 + k]) / scale), Read(y, column, row) / 8, 0.45);
            }
        }
    }

    [Fact]
    public void Points_that_do_not_move_leave_the_scaled_digit()
    {
        var basis = ThinPlateSpline.Basis(4, Synthetic.Plane, AlignCorners.False);
        var (bent, scaled) = (new byte[28 * 28], new byte[28 * 28]);
        ByteWarp.Spline(Glyph(), Synthetic.Plane, basis, new double[32], 0.8, Synthetic.Plane, bent);
        ByteWarp.Affine(Glyph(), Synthetic.Plane, [1.25, 0, 0, 0, 1.25, 0], Synthetic.Plane, scaled);
        Assert.All(bent.Zip(scaled, (a, b) => Math.Abs(a - b)), difference => Assert.InRange(difference, 0, 1));
        Assert.Contains(bent, value => value > 200);
    }

    /// <inheritdoc cref="Hash"/>
    [Fact]
    public void The_first_64_images_have_the_same_bytes_on_every_machine() => Assert.Equal(
        "fb108f4c3cf2bf14c66aa22c86aca250b779ec6837d77cfbab9c24851dc933e1", Hash(s_elastic));

    private static LabelledImages Ramp(Func<int, int> position) =>
        One([.. Enumerable.Range(0, 28 * 28).Select(i => (byte)(8 * position(i)))]);

    private static double Read(byte[] image, double column, double row)
    {
        var (left, top) = ((int)column, (int)row);
        var (right, bottom) = (column - left, row - top);
        double Line(int y) => ((1 - right) * image[(y * 28) + left]) + (right * image[(y * 28) + left + 1]);
        return ((1 - bottom) * Line(top)) + (bottom * Line(top + 1));
    }
}
