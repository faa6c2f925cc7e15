using System.Diagnostics;

namespace Stn.Experiments.Benchmarks;

/// <summary>Times several sides in turn, a burst of calls each, so that what disturbs the machine disturbs all of them; medians.</summary>
internal static class Bursts
{
    private const double Burst = 20e-3;
    private const double WarmUp = 0.3;
    private const int FewestRounds = 5;
    private const int MostRounds = 101;

    /// <summary>The median time of a call of each side, in seconds.</summary>
    /// <param name="seconds">About how long all rounds take; slow calls take at least a few rounds.</param>
    /// <param name="sides">Each makes so many calls and tells how many seconds they took.</param>
    public static double[] Medians(double seconds, IReadOnlyList<Func<int, double>> sides)
    {
        var calls = sides.Select(side => Calls(side, Math.Min(WarmUp, seconds))).ToArray();
        var times = sides.Select(_ => new List<double>()).ToArray();
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < MostRounds && (round < FewestRounds || clock.Elapsed.TotalSeconds < seconds); round++)
        {
            for (var i = 0; i < sides.Count; i++)
                times[i].Add(sides[i](calls[i]) / calls[i]);
        }

        return [.. times.Select(Median)];
    }

    /// <summary>The middle of some numbers.</summary>
    public static double Median(IEnumerable<double> numbers)
    {
        double[] sorted = [.. numbers.Order()];
        return sorted[sorted.Length / 2];
    }

    // How many calls make a burst. Before, every side gets the time to compile what is called often.
    private static int Calls(Func<int, double> side, double warmUp)
    {
        var clock = Stopwatch.StartNew();
        var once = side(1);
        while (clock.Elapsed.TotalSeconds < warmUp)
            once = Math.Min(once, side(1));
        return Math.Max(1, (int)(Burst / once));
    }
}
