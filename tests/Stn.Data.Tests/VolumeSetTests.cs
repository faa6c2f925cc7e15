using System.Security.Cryptography;
using Stn.Kernels;

namespace Stn.Data.Tests;

public sealed class VolumeSetTests
{
    private const int Side = 60;

    [Fact]
    public void Angles_and_places_are_uniform_in_their_ranges()
    {
        var set = VolumeSet.Training(Synthetic.Digits(2_000), 3);
        var bins = new int[6][];
        for (var parameter = 0; parameter < bins.Length; parameter++)
            bins[parameter] = new int[10];
        var rotation = new double[9];
        for (var i = 0; i < 20_000; i++)
        {
            var pose = set.PosesOfEpoch(i);
            pose.Rotation(rotation);
            double[] room = [.. Enumerable.Range(0, 3).Select(axis =>
                30 - (Math.Abs(rotation[3 * axis]) * 14) - (Math.Abs(rotation[(3 * axis) + 1]) * 14) - (Math.Abs(rotation[(3 * axis) + 2]) * 5))];
            bins[0][Bin(pose.AngleX, 45)]++;
            bins[1][Bin(pose.AngleY, 45)]++;
            bins[2][Bin(pose.AngleZ, 45)]++;
            bins[3][Bin(pose.OffsetX, room[0])]++;
            bins[4][Bin(pose.OffsetY, room[1])]++;
            bins[5][Bin(pose.OffsetZ, room[2])]++;
        }

        // 2,000 in each tenth, within five deviations.
        Assert.All(bins.SelectMany(counts => counts), count => Assert.InRange(count, 1780, 2220));
    }

    [Fact]
    public void The_pose_is_seen_in_the_volume()
    {
        var digits = new LabelledImages(new Plane(28, 28), Bar(), new byte[1]);
        var set = VolumeSet.Training(digits, 4);
        var rotation = new double[9];
        for (var epoch = 0; epoch < 40; epoch++)
        {
            var values = new float[Side * Side * Side];
            set.Render(0, epoch, values, new long[1]);
            var pose = set.PoseOf(0, epoch);
            pose.Rotation(rotation);
            var (centre, direction) = Moments(values);

            // The bar lies along x from 4 to 23, in rows 8 to 10: 0.5·(4 + 23) − 13.5 = 0 right of the middle, 9 − 13.5 = 4.5 above it.
            for (var axis = 0; axis < 3; axis++)
                Assert.Equal(Offset(pose, axis) - (4.5 * rotation[(3 * axis) + 1]), centre[axis], 0.1);
            // Its longest extent is along x, which the rotation takes to its first column.
            var cosine = (direction[0] * rotation[0]) + (direction[1] * rotation[3]) + (direction[2] * rotation[6]);
            Assert.InRange(Math.Abs(cosine), 0.999, 1.0001);
        }
    }

    [Fact]
    public void Nothing_of_a_digit_is_ever_cut_off()
    {
        var full = new byte[28 * 28];
        full.AsSpan().Fill(255);
        var set = VolumeSet.Training(new LabelledImages(new Plane(28, 28), full, new byte[1]), 5);
        for (var epoch = 0; epoch < 20; epoch++)
        {
            var values = new float[Side * Side * Side];
            set.Render(0, epoch, values, new long[1]);
            // The box's volume, up to what sampling at voxels makes of its edges.
            Assert.Equal(28 * 28 * 10, values.Sum(value => (double)value), 80.0);
        }
    }

    /// <summary>Pinned: a machine on which this fails would train and test on other volumes than every other.</summary>
    [Fact]
    public void The_first_volumes_have_the_same_bytes_on_every_machine()
    {
        var set = VolumeSet.Test(Synthetic.Digits(4));
        var bytes = new byte[4 * Side * Side * Side];
        var values = new float[Side * Side * Side];
        for (var i = 0; i < 4; i++)
        {
            set.Render(i, 0, values, new long[1]);
            for (var voxel = 0; voxel < values.Length; voxel++)
                bytes[(i * values.Length) + voxel] = (byte)MathF.Round(values[voxel] * 255);
        }

        Assert.Equal("f18bcfaba6e42593c32614e87d99cd59a46ca017", Convert.ToHexStringLower(SHA256.HashData(bytes))[..40]);
    }

    [Fact]
    public void Digits_of_another_size_are_refused() =>
        Assert.Throws<ArgumentException>(() => VolumeSet.Test(new LabelledImages(new Plane(2, 2), new byte[4], new byte[1])));

    private static int Bin(double value, double limit)
    {
        Assert.InRange(value, -limit, limit);
        return Math.Min(9, (int)((value + limit) / (2 * limit) * 10));
    }

    private static double Offset(Data.Distortions.Pose3D pose, int axis) => axis switch { 0 => pose.OffsetX, 1 => pose.OffsetY, _ => pose.OffsetZ };

    private static byte[] Bar()
    {
        var image = new byte[28 * 28];
        for (var row = 8; row <= 10; row++)
            image.AsSpan((row * 28) + 4, 20).Fill(255);
        return image;
    }

    // Where the ink is, from the volume's centre, and the direction of its longest extent, by power iteration on its moments.
    private static (double[] Centre, double[] Direction) Moments(float[] values)
    {
        var (mass, centre, square) = (0.0, new double[3], new double[3, 3]);
        double At(int voxel, int axis) => (axis switch { 0 => voxel % Side, 1 => voxel / Side % Side, _ => voxel / (Side * Side) }) - 29.5;
        for (var voxel = 0; voxel < values.Length; voxel++)
        {
            mass += values[voxel];
            for (var axis = 0; axis < 3; axis++)
                centre[axis] += values[voxel] * At(voxel, axis);
        }

        centre = Array.ConvertAll(centre, sum => sum / mass);
        for (var voxel = 0; voxel < values.Length; voxel++)
        {
            for (var pair = 0; values[voxel] > 0 && pair < 9; pair++)
                square[pair / 3, pair % 3] += values[voxel] * (At(voxel, pair / 3) - centre[pair / 3]) * (At(voxel, pair % 3) - centre[pair % 3]);
        }

        double[] direction = [0.6, 0.5, 0.4];
        for (var i = 0; i < 100; i++)
        {
            double[] next = [.. Enumerable.Range(0, 3).Select(row => Enumerable.Range(0, 3).Sum(column => square[row, column] * direction[column]))];
            var length = Math.Sqrt(next.Sum(number => number * number));
            direction = Array.ConvertAll(next, number => number / length);
        }

        return (centre, direction);
    }
}

file static class Poses
{
    public static Data.Distortions.Pose3D PosesOfEpoch(this VolumeSet set, int i) => set.PoseOf(i % 2_000, i / 2_000);
}
