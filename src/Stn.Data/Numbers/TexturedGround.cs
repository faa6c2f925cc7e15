using Stn.Data.Randomness;

namespace Stn.Data.Numbers;

/// <summary>A ground of one colour under two coarse nets of light and shade, smooth between their knots.</summary>
internal static class TexturedGround
{
    private static readonly (int Knots, double Depth)[] s_nets = [(3, 0.15), (9, 0.1)];

    /// <summary>Writes (3, side, side).</summary>
    public static void Write(Paint paint, int side, ref CounterRandom random, Span<float> values)
    {
        var plane = side * side;
        values[..plane].Fill((float)paint.Red);
        values.Slice(plane, plane).Fill((float)paint.Green);
        values[(2 * plane)..].Fill((float)paint.Blue);
        foreach (var (knots, depth) in s_nets)
            Add(Net(knots, depth, ref random), knots, side, values);
    }

    private static double[] Net(int knots, double depth, ref CounterRandom random)
    {
        var net = new double[(knots + 1) * (knots + 1)];
        for (var i = 0; i < net.Length; i++)
            net[i] = random.Uniform(-depth, depth);
        return net;
    }

    private static void Add(double[] net, int knots, int side, Span<float> values)
    {
        for (var row = 0; row < side; row++)
        {
            for (var column = 0; column < side; column++)
            {
                var light = (float)At(net, knots, (row + 0.5) * knots / side, (column + 0.5) * knots / side);
                for (var channel = 0; channel < 3; channel++)
                    values[(((channel * side) + row) * side) + column] += light;
            }
        }
    }

    private static double At(double[] net, int knots, double y, double x)
    {
        var (row, column) = ((int)y, (int)x);
        var (down, right) = (y - row, x - column);
        var first = (row * (knots + 1)) + column;
        var upper = net[first] + (right * (net[first + 1] - net[first]));
        first += knots + 1;
        var lower = net[first] + (right * (net[first + 1] - net[first]));
        return upper + (down * (lower - upper));
    }
}
