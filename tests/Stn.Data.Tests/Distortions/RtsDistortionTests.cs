using Stn.Data.Distortions;
using static Stn.Data.Tests.Distortions.DistortionTrial;

namespace Stn.Data.Tests.Distortions;

public sealed class RtsDistortionTests
{
    private static readonly RtsDistortion s_rts = new();

    [Fact]
    public void Angles_scales_and_places_are_uniform_in_their_ranges()
    {
        var (blank, canvas) = (One(new byte[28 * 28]), new byte[42 * 42]);
        var bins = new int[4][];
        for (var parameter = 0; parameter < 4; parameter++)
            bins[parameter] = new int[10];
        for (var i = 0; i < 20_000; i++)
        {
            var random = Random(3, i);
            var pose = s_rts.Apply(blank, 0, ref random, canvas)!.Value;
            var room = 21 - (14 * pose.Scale);
            bins[0][Tenth(pose.AngleDegrees, -45, 45)]++;
            bins[1][Tenth(pose.Scale, 0.7, 1.2)]++;
            bins[2][Tenth(pose.OffsetX, -room, room)]++;
            bins[3][Tenth(pose.OffsetY, -room, room)]++;
        }

        AssertUniform(bins.SelectMany(counts => counts));
    }

    [Fact]
    public void The_pose_is_seen_in_the_image()
    {
        var glyph = Glyph();
        var original = Moments.Of(glyph, 28);
        var canvas = new byte[42 * 42];
        for (var i = 0; i < 200; i++)
        {
            var random = Random(4, i);
            var pose = s_rts.Apply(One(glyph), 0, ref random, canvas)!.Value;
            var seen = Moments.Of(canvas, 42);
            var (sin, cos) = Math.SinCos(pose.AngleDegrees * Math.PI / 180);

            Assert.Equal(pose.AngleDegrees, HalfTurn(seen.AngleDegrees - original.AngleDegrees), 0.5);
            Assert.Equal(pose.Scale, seen.Length / original.Length, 0.015);
            Assert.Equal(pose.OffsetX + (pose.Scale * ((original.X * cos) + (original.Y * sin))), seen.X, 0.05);
            Assert.Equal(pose.OffsetY + (pose.Scale * ((-original.X * sin) + (original.Y * cos))), seen.Y, 0.05);
        }
    }

    /// <inheritdoc cref="Hash"/>
    [Fact]
    public void The_first_64_images_have_the_same_bytes_on_every_machine() => Assert.Equal(
        "dd933f6ffb82668eddcabaf45ad03c08917a8072e4503bc83fc980758d1b1014", Hash(s_rts));
}
