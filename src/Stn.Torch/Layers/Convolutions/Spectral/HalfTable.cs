namespace Stn.Torch.Layers.Convolutions.Spectral;

/// <summary>
/// Cosines and sines of a discrete Fourier transform of n points by halves: a point j and its mirror n − j share a cosine, and have sines of
/// opposite sign, so sums and differences of the two need half the products.
/// </summary>
internal sealed class HalfTable
{
    /// <summary>The table of n points.</summary>
    internal HalfTable(int points)
    {
        (Points, Half) = (points, (points / 2) + 1);
        (Cosines, Sines) = (new float[Half * Half], new float[Half * Half]);
        for (var i = 0; i < Half; i++)
        {
            for (var j = 0; j < Half; j++)
            {
                var angle = 2 * Math.PI * (i * j % points) / points;
                (Cosines[(i * Half) + j], Sines[(i * Half) + j]) = ((float)Math.Cos(angle), (float)Math.Sin(angle));
            }
        }
    }

    /// <summary>n.</summary>
    internal int Points { get; }

    /// <summary>Points up to the middle one: n/2 + 1.</summary>
    internal int Half { get; }

    /// <summary>cos(2π·i·j/n), [i][j].</summary>
    internal float[] Cosines { get; }

    /// <summary>sin(2π·i·j/n), [i][j].</summary>
    internal float[] Sines { get; }

    /// <summary>The mirror of a point: itself for the first, and for the middle one of an even number.</summary>
    internal int Mirror(int point) => point == 0 ? 0 : Points - point;
}
