using Stn.Data.Distortions;
using Stn.Data.Randomness;
using Stn.Kernels;
using Stn.Kernels.Reference;

namespace Stn.Data.Tests.Distortions;

public sealed class ByteWarp3DTests
{
    private static readonly Volume s_box = new(3, 9, 12);

    [Fact]
    public void Every_voxel_is_the_references_rounded()
    {
        for (var i = 0; i < 60; i++)
        {
            var random = new CounterRandom(11, RandomPurpose.TestDistortion, 0, i);
            var pose = new Pose3D(
                random.Uniform(-180, 180), random.Uniform(-180, 180), random.Uniform(-180, 180), random.Uniform(-6, 6), random.Uniform(-6, 6), random.Uniform(-6, 6));
            AssertLikeReference(Image(i), pose, new Volume(13, 11, 17));
        }
    }

    [Fact]
    public void Quarter_turns_onto_whole_voxels_are_the_references_too()
    {
        foreach (var angle in new[] { 0, 90, 180, -90 })
        {
            AssertLikeReference(Image(1), new Pose3D(angle, 0, 0, 0, 0, 0), new Volume(9, 9, 12));
            AssertLikeReference(Image(1), new Pose3D(0, angle, 0, 0, 0, 0), new Volume(12, 9, 12));
            AssertLikeReference(Image(1), new Pose3D(0, 0, angle, 0, 0, 0), new Volume(3, 12, 12));
        }
    }

    [Fact]
    public void An_image_without_ink_gives_an_empty_volume_whatever_was_there()
    {
        var output = new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 };
        ByteWarp3D.Extruded(new byte[6], new Volume(1, 2, 3), [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0], new Volume(2, 2, 2), output);
        Assert.Equal(new byte[8], output);
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        var (size, theta) = (new Volume(1, 2, 2), new double[12]);
        Assert.Throws<ArgumentOutOfRangeException>(() => ByteWarp3D.Extruded(new byte[3], size, theta, size, new byte[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ByteWarp3D.Extruded(new byte[4], size, theta, size, new byte[5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ByteWarp3D.Extruded(new byte[4], size, new double[11], size, new byte[4]));
    }

    // Ink in a part of the image, at its edge for some.
    private static byte[] Image(int seed)
    {
        var random = new CounterRandom(12, RandomPurpose.TestDistortion, 0, seed);
        var image = new byte[s_box.Height * s_box.Width];
        var (top, left) = (random.NextInt(4), random.NextInt(6));
        for (var row = top; row < s_box.Height - random.NextInt(3); row++)
        {
            for (var column = left; column < s_box.Width - random.NextInt(3); column++)
                image[(row * s_box.Width) + column] = (byte)random.NextInt(256);
        }

        return image;
    }

    private static void AssertLikeReference(byte[] image, Pose3D pose, Volume target)
    {
        var theta = new double[12];
        pose.VolumeToBox(s_box, target, theta);
        var actual = new byte[target.Length];
        ByteWarp3D.Extruded(image, s_box, theta, target, actual);

        double[] box = [.. Enumerable.Repeat(image.Select(value => (double)value), s_box.Depth).SelectMany(slice => slice)];
        var expected = new byte[target.Length];
        for (var voxel = 0; voxel < expected.Length; voxel++)
        {
            var x = Coordinates.OfPixel<double>(voxel % target.Width, target.Width, AlignCorners.False);
            var y = Coordinates.OfPixel<double>(voxel / target.Width % target.Height, target.Height, AlignCorners.False);
            var z = Coordinates.OfPixel<double>(voxel / (target.Width * target.Height), target.Depth, AlignCorners.False);
            double At(int row, int size) => Coordinates.ToPixel(
                (theta[4 * row] * x) + (theta[(4 * row) + 1] * y) + (theta[(4 * row) + 2] * z) + theta[(4 * row) + 3], size, AlignCorners.False);
            var value = TrilinearReference.Sample(box, s_box, At(0, s_box.Width), At(1, s_box.Height), At(2, s_box.Depth), 0.0);
            expected[voxel] = (byte)Math.Floor(value + 0.5);
        }

        Assert.Equal(expected, actual);
    }
}
