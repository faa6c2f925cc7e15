using Stn.Data.Distortions;
using Stn.Data.Randomness;
using Stn.Kernels;
using Stn.Kernels.Reference;

namespace Stn.Data.Tests.Distortions;

public sealed class ByteWarpTests
{
    [Fact]
    public void Every_pixel_is_the_references_rounded()
    {
        var digits = Synthetic.Digits(400);
        for (var i = 0; i < digits.Count; i++)
        {
            var random = new CounterRandom(11, RandomPurpose.TestDistortion, 0, i);
            var pose = new Pose(random.Uniform(-180, 180), random.Uniform(0.3, 3), random.Uniform(-20, 20), random.Uniform(-20, 20));
            AssertLikeReference(digits.Image(i), Synthetic.Plane, pose, new Plane(42, 42));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(-90)]
    public void Quarter_turns_onto_whole_pixels_are_the_references_too(double angle) =>
        AssertLikeReference(Synthetic.Digits(1).Image(0), Synthetic.Plane, new Pose(angle, 1, 0, 0), Synthetic.Plane);

    [Fact]
    public void Ink_at_the_frames_edge_and_a_single_pixel_are_the_references_too()
    {
        var full = new byte[12 * 9];
        full.AsSpan().Fill(255);
        var corner = new byte[12 * 9];
        corner[0] = 200;
        for (var i = 0; i < 50; i++)
        {
            var pose = new Pose(i * 7.3, 0.5 + (i * 0.03), i * 0.1, -i * 0.05);
            AssertLikeReference(full, new Plane(12, 9), pose, new Plane(17, 31));
            AssertLikeReference(corner, new Plane(12, 9), pose, new Plane(17, 31));
            AssertLikeReference(full, new Plane(12, 9), pose, new Plane(11, 5));
        }
    }

    [Fact]
    public void An_image_without_ink_gives_a_black_canvas_whatever_was_there()
    {
        var canvas = new byte[] { 1, 2, 3, 4 };
        ByteWarp.Affine(new byte[6], new Plane(2, 3), [1, 0, 0, 0, 1, 0], new Plane(2, 2), canvas);
        Assert.Equal(new byte[4], canvas);
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        double[] identity = [1, 0, 0, 0, 1, 0];
        Plane plane = new(2, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => ByteWarp.Affine(new byte[3], plane, identity, plane, new byte[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ByteWarp.Affine(new byte[4], plane, identity, plane, new byte[5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ByteWarp.Affine(new byte[4], plane, new double[5], plane, new byte[4]));
        Assert.Throws<ArgumentException>(() => ByteWarp.Spline(new byte[4], plane, new float[8], new float[4], 1, plane, new byte[4]));
    }

    /// <summary>The same map by all three: the roundings may differ, so a byte may by one.</summary>
    [Fact]
    public void Projective_and_spline_maps_that_are_affine_are_the_affine_warp()
    {
        var digits = Synthetic.Digits(20);
        var basis = ThinPlateSpline.Basis(3, Synthetic.Plane, AlignCorners.False).Select(value => (float)value).ToArray();
        for (var i = 0; i < digits.Count; i++)
        {
            var (affine, projective, spline) = (new byte[784], new byte[784], new byte[784]);
            ByteWarp.Affine(digits.Image(i), Synthetic.Plane, [1.25, 0, 0.1, 0, 1.25, -0.2], Synthetic.Plane, affine);
            // In pixels: 1.25·(c − 13.5) + 13.5 + 1.4, and likewise for rows.
            var map = new Homography(-2.5, 0, (2 * 3.375) - 2.8, 0, -2.5, (2 * 3.375) + 5.6, 0, 0, -2);
            ByteWarp.Projective(digits.Image(i), Synthetic.Plane, map, Synthetic.Plane, projective);
            float[] moves = [.. Enumerable.Repeat(0.8f * 1.4f, 9), .. Enumerable.Repeat(0.8f * -2.8f, 9)];
            ByteWarp.Spline(digits.Image(i), Synthetic.Plane, basis, moves, 0.8, Synthetic.Plane, spline);
            Assert.All(affine.Zip(projective, (a, b) => Math.Abs(a - b)), difference => Assert.InRange(difference, 0, 1));
            Assert.All(affine.Zip(spline, (a, b) => Math.Abs(a - b)), difference => Assert.InRange(difference, 0, 1));
        }
    }

    [Fact]
    public void A_map_that_is_nowhere_finite_gives_black()
    {
        var output = new byte[784];
        output.AsSpan().Fill(9);
        ByteWarp.Projective(Synthetic.Digits(1).Image(0), Synthetic.Plane, default, Synthetic.Plane, output);
        Assert.Equal(new byte[784], output);
    }

    private static void AssertLikeReference(ReadOnlySpan<byte> image, Plane source, Pose pose, Plane target)
    {
        var theta = new double[6];
        pose.CanvasToImage(source, target, theta);
        var actual = new byte[target.Length];
        ByteWarp.Affine(image, source, theta, target, actual);

        var numbers = new double[source.Length];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = image[i];
        var expected = new double[target.Length];
        BilinearReference.Affine<double>(numbers, source, theta, AlignCorners.False, target, expected);
        Assert.Equal(expected.Select(value => (byte)Math.Floor(value + 0.5)), actual);
    }
}
