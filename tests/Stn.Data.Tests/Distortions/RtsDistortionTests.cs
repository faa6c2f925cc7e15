using System.Security.Cryptography;
using Stn.Data.Distortions;
using Stn.Data.Randomness;

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
            var random = new CounterRandom(3, RandomPurpose.TrainingDistortion, 0, i);
            var pose = s_rts.Apply(blank, 0, ref random, canvas)!.Value;
            var room = 21 - (14 * pose.Scale);
            bins[0][Bin(pose.AngleDegrees, -45, 45)]++;
            bins[1][Bin(pose.Scale, 0.7, 1.2)]++;
            bins[2][Bin(pose.OffsetX, -room, room)]++;
            bins[3][Bin(pose.OffsetY, -room, room)]++;
        }

        // 2,000 in each tenth, within five deviations.
        Assert.All(bins.SelectMany(counts => counts), count => Assert.InRange(count, 1780, 2220));
    }

    [Fact]
    public void The_pose_is_seen_in_the_image()
    {
        // The glyph slopes and lies off the middle: turning, mirroring or shifting it the wrong way would show.
        var glyph = Glyph();
        var original = Moments.Of(glyph, 28);
        var canvas = new byte[42 * 42];
        for (var i = 0; i < 200; i++)
        {
            var random = new CounterRandom(4, RandomPurpose.TrainingDistortion, 0, i);
            var pose = s_rts.Apply(One(glyph), 0, ref random, canvas)!.Value;
            var seen = Moments.Of(canvas, 42);
            var (sin, cos) = Math.SinCos(pose.AngleDegrees * Math.PI / 180);

            Assert.Equal(pose.AngleDegrees, HalfTurn(seen.AngleDegrees - original.AngleDegrees), 0.5);
            Assert.Equal(pose.Scale, seen.Length / original.Length, 0.015);
            Assert.Equal(pose.OffsetX + (pose.Scale * ((original.X * cos) + (original.Y * sin))), seen.X, 0.05);
            Assert.Equal(pose.OffsetY + (pose.Scale * ((-original.X * sin) + (original.Y * cos))), seen.Y, 0.05);
        }
    }

    /// <summary>Pinned: a machine on which this fails would train and test on other images than every other.</summary>
    [Fact]
    public void The_first_64_images_have_the_same_bytes_on_every_machine()
    {
        var digits = Synthetic.Digits(64);
        var images = new byte[64 * 42 * 42];
        for (var i = 0; i < 64; i++)
        {
            var random = new CounterRandom(2015, RandomPurpose.TrainingDistortion, 0, i);
            s_rts.Apply(digits, i, ref random, images.AsSpan(i * 42 * 42, 42 * 42));
        }

        Assert.Equal(
            "dd933f6ffb82668eddcabaf45ad03c08917a8072e4503bc83fc980758d1b1014",
            Convert.ToHexStringLower(SHA256.HashData(images)));
    }

    /// <summary>A soft ellipse off the middle, whose long axis rises by 20° to the right.</summary>
    private static byte[] Glyph()
    {
        var glyph = new byte[28 * 28];
        var (sin, cos) = Math.SinCos(Math.PI / 9);
        for (var i = 0; i < glyph.Length; i++)
        {
            var (x, y) = ((i % 28) - 15.5, (i / 28) - 12.0);
            var (along, across) = (((x * cos) - (y * sin)) / 3.5, ((x * sin) + (y * cos)) / 2);
            glyph[i] = (byte)(255 * Math.Exp(-((along * along) + (across * across)) / 2));
        }

        return glyph;
    }

    private static LabelledImages One(byte[] pixels) => new(Synthetic.Plane, pixels, new byte[1]);

    private static int Bin(double value, double low, double high)
    {
        Assert.InRange(value, low, high);
        return Math.Min(9, (int)(10 * (value - low) / (high - low)));
    }

    private static double HalfTurn(double degrees) => degrees - (180 * Math.Round(degrees / 180));
}
