using System.Security.Cryptography;
using Stn.Data.Distortions;
using Stn.Data.Randomness;

namespace Stn.Data.Tests.Distortions;

/// <summary>What the tests of all distortions need.</summary>
internal static class DistortionTrial
{
    /// <summary>The numbers of image <paramref name="index"/> under a seed.</summary>
    public static CounterRandom Random(ulong seed, int index) => new(seed, RandomPurpose.TrainingDistortion, 0, index);

    /// <summary>Distorts an image into a canvas of its own.</summary>
    public static (byte[] Canvas, Pose? Pose) Apply(IDistortion distortion, LabelledImages digits, int index, ulong seed)
    {
        var canvas = new byte[distortion.Canvas.Length];
        canvas.AsSpan().Fill(77); // what was there must not be seen
        var random = Random(seed, index);
        var pose = distortion.Apply(digits, index, ref random, canvas);
        return (canvas, pose);
    }

    /// <summary>SHA-256 of the first 64 synthetic digits, distorted: a machine on which it differs would train and test on other images.</summary>
    public static string Hash(IDistortion distortion)
    {
        var digits = Synthetic.Digits(64);
        return Convert.ToHexStringLower(SHA256.HashData([.. Enumerable.Range(0, 64).SelectMany(i => Apply(distortion, digits, i, 2015).Canvas)]));
    }

    /// <summary>One image as a set.</summary>
    public static LabelledImages One(byte[] pixels) => new(Synthetic.Plane, pixels, new byte[1]);

    /// <summary>A soft ellipse off the middle, whose long axis rises by 20° to the right: turning, mirroring or shifting it the wrong way would show.</summary>
    public static byte[] Glyph()
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

    /// <summary>The tenth of a range that a value lies in.</summary>
    public static int Tenth(double value, double low, double high)
    {
        Assert.InRange(value, low, high);
        return Math.Min(9, (int)(10 * (value - low) / (high - low)));
    }

    /// <summary>Asserts that 2,000 values lie in each tenth, within five deviations of that number.</summary>
    public static void AssertUniform(IEnumerable<int> counts) => Assert.All(counts, count => Assert.InRange(count, 1780, 2220));

    /// <summary>Asserts that values have a mean of 0, a deviation, and the tails of a normal number.</summary>
    public static void AssertNormal(IReadOnlyCollection<double> values, double deviation)
    {
        var error = 5 / Math.Sqrt(values.Count);
        Assert.InRange(values.Average() / deviation, -error, error);
        Assert.InRange(Math.Sqrt(values.Average(value => value * value)) / deviation, 1 - error, 1 + error);
        Assert.InRange(values.Count(value => Math.Abs(value) > 2 * deviation) / (double)values.Count, 0.0455 - (error * 0.21), 0.0455 + (error * 0.21));
    }

    /// <summary>An angle within a quarter turn either way: lines have no direction.</summary>
    public static double HalfTurn(double degrees) => degrees - (180 * Math.Round(degrees / 180));
}
