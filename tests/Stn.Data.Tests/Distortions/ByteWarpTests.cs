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
