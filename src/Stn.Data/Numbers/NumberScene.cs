using Stn.Data.Distortions;
using Stn.Data.Randomness;

namespace Stn.Data.Numbers;

/// <summary>Where the digits of a composed number and their neighbours lie.</summary>
/// <param name="Digits">One pose for each digit, from left to right.</param>
/// <param name="Neighbours">The poses of the digits that do not belong to it.</param>
internal sealed record NumberScene(IReadOnlyList<Pose> Digits, IReadOnlyList<Pose> Neighbours)
{
    // In pixels of MNIST's 28×28 frames: the distance of two digits, and the height of their ink.
    private const double Advance = 17;
    private const double InkHeight = 20;

    // As SVHN's tight windows: the larger side of the number's box is this part of 64 pixels.
    private const double BoxPart = 1 / 1.3;
    private const double TightSide = 64;
    private const double LargestAngle = 12;
    private const int MostNeighbours = 4;

    /// <summary>Draws a scene: size, slant and place of a row of digits, then neighbours that keep their distance from it.</summary>
    /// <param name="digits">How many.</param>
    /// <param name="side">The canvas.</param>
    /// <param name="random">Decides.</param>
    public static NumberScene Draw(int digits, int side, ref CounterRandom random)
    {
        var scale = random.Uniform(0.8, 1.05) * BoxPart * TightSide / Math.Max(digits * Advance, InkHeight);
        var angle = random.Uniform(-LargestAngle, LargestAngle);
        // Half of what lies beside the number: on 64 pixels a little, on 128 much.
        var room = Math.Max(0, (side - (TightSide * BoxPart)) / 4);
        var (x, y) = (random.Uniform(-room, room), random.Uniform(-room, room));
        var (sin, cos) = ExactMath.SinCos(angle * (Math.PI / 180));
        var row = new Pose[digits];
        for (var i = 0; i < digits; i++)
        {
            var along = (i - ((digits - 1) / 2.0)) * Advance * scale;
            row[i] = new Pose(angle, scale * random.Uniform(0.92, 1.08), x + (along * cos), y - (along * sin));
        }

        return new NumberScene(row, Around(row, scale, side, ref random));
    }

    private static List<Pose> Around(Pose[] row, double scale, int side, ref CounterRandom random)
    {
        var neighbours = new List<Pose>();
        for (var i = random.NextInt(MostNeighbours + 1); i > 0; i--)
        {
            var half = side / 2.0;
            var pose = new Pose(random.Uniform(-45, 45), scale * random.Uniform(0.5, 1), random.Uniform(-half, half), random.Uniform(-half, half));
            if (row.All(digit => Distance(digit, pose) > InkHeight * 0.8 * (digit.Scale + pose.Scale)))
                neighbours.Add(pose);
        }

        return neighbours;
    }

    private static double Distance(Pose one, Pose other)
    {
        var (x, y) = (one.OffsetX - other.OffsetX, one.OffsetY - other.OffsetY);
        return Math.Sqrt((x * x) + (y * y));
    }
}
