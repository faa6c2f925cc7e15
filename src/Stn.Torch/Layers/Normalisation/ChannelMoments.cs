using System.Runtime.Intrinsics;

namespace Stn.Torch.Layers.Normalisation;

/// <summary>Mean and variance of a channel.</summary>
/// <param name="Mean">Σx / M.</param>
/// <param name="Variance">Σ(x − mean)² / M.</param>
internal readonly unsafe record struct ChannelMoments(double Mean, double Variance)
{
    /// <summary>Row by row, each around its own mean, put together as Chan et al. do: nothing cancels, and memory is read once.</summary>
    internal static ChannelMoments Of(in ChannelRows x)
    {
        double count = 0, mean = 0, squares = 0;
        for (var row = 0; row < x.Count; row++)
        {
            var own = Sum(x[row], x.Length) / x.Length;
            var (before, difference) = (count, own - mean);
            count += x.Length;
            mean += difference * x.Length / count;
            squares += Squares(x[row], x.Length, (float)own) + (difference * difference * before * x.Length / count);
        }

        return new ChannelMoments(mean, squares / count);
    }

    // Two sums at a time: one addition waits for the one before.
    private static double Sum(float* x, int length)
    {
        var (a, b) = (Vector512<float>.Zero, Vector512<float>.Zero);
        var i = 0;
        for (; i <= length - (2 * Vector512<float>.Count); i += 2 * Vector512<float>.Count)
        {
            a += Vector512.Load(x + i);
            b += Vector512.Load(x + i + Vector512<float>.Count);
        }

        double rest = 0;
        for (; i < length; i++)
            rest += x[i];
        return rest + Vector512.Sum(a + b);
    }

    private static double Squares(float* x, int length, float middle)
    {
        var (a, b, c) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512.Create(middle));
        var i = 0;
        for (; i <= length - (2 * Vector512<float>.Count); i += 2 * Vector512<float>.Count)
        {
            var (p, q) = (Vector512.Load(x + i) - c, Vector512.Load(x + i + Vector512<float>.Count) - c);
            a = Vector512.FusedMultiplyAdd(p, p, a);
            b = Vector512.FusedMultiplyAdd(q, q, b);
        }

        double rest = 0;
        for (; i < length; i++)
            rest += (double)(x[i] - middle) * (x[i] - middle);
        return rest + Vector512.Sum(a + b);
    }
}
