using Stn.Data.Distortions;
using static Stn.Data.Tests.Distortions.DistortionTrial;

namespace Stn.Data.Tests.Distortions;

public sealed class RotationDistortionTests
{
    private static readonly RotationDistortion s_rotation = new();

    [Fact]
    public void Angles_are_uniform_and_nothing_else_changes()
    {
        var blank = One(new byte[28 * 28]);
        var bins = new int[10];
        for (var i = 0; i < 20_000; i++)
        {
            var random = Random(3, i);
            var pose = s_rotation.Apply(blank, 0, ref random, new byte[28 * 28])!.Value;
            Assert.Equal(new Pose(pose.AngleDegrees, 1, 0, 0), pose);
            bins[Tenth(pose.AngleDegrees, -90, 90)]++;
        }

        AssertUniform(bins);
    }

    [Fact]
    public void The_angle_is_seen_in_the_image()
    {
        var original = Moments.Of(Glyph(), 28);
        var digits = One(Glyph());
        for (var i = 0UL; i < 200; i++)
        {
            var (canvas, pose) = Apply(s_rotation, digits, 0, seed: i);
            var seen = Moments.Of(canvas, 28);
            var (sin, cos) = Math.SinCos(pose!.Value.AngleDegrees * Math.PI / 180);
            Assert.Equal(0, HalfTurn(seen.AngleDegrees - original.AngleDegrees - pose.Value.AngleDegrees), 0.5);
            Assert.Equal((original.X * cos) + (original.Y * sin), seen.X, 0.05);
            Assert.Equal((-original.X * sin) + (original.Y * cos), seen.Y, 0.05);
            Assert.Equal(original.Length, seen.Length, 0.06);
        }
    }

    /// <inheritdoc cref="Hash"/>
    [Fact]
    public void The_first_64_images_have_the_same_bytes_on_every_machine() => Assert.Equal(
        "73ff271c433a9685c58101b183c488ade5e29429d910bb2c3fb503e9908ea22f", Hash(s_rotation));
}
