using System.Diagnostics;

namespace Stn.Checks.Benchmarks;

/// <summary>Times several actions in turn, so that what disturbs the machine disturbs all of them, and gives each its median.</summary>
internal static class InTurn
{
    private const double Burst = 2e-3;
    private const double WarmUp = 0.4;
    private const int FewestRounds = 7;
    private const int MostRounds = 101;

    /// <summary>The median time of a call of each action, in seconds.</summary>
    /// <param name="seconds">About how long all rounds take; slow actions take at least a few rounds.</param>
    /// <param name="actions">What is timed; each is called for a while before.</param>
    public static double[] Medians(double seconds, params Action[] actions)
    {
        var calls = actions.Select(Calls).ToArray();
        var times = actions.Select(_ => new List<double>()).ToArray();
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < MostRounds && (round < FewestRounds || clock.Elapsed.TotalSeconds < seconds); round++)
        {
            for (var i = 0; i < actions.Length; i++)
                times[i].Add(Time(actions[i], calls[i]));
        }

        return [.. times.Select(Median)];
    }

    // How many calls make a burst that a clock measures well. Before, the runtime gets the time to compile what is called often.
    private static int Calls(Action action)
    {
        var clock = Stopwatch.StartNew();
        var once = double.MaxValue;
        while (clock.Elapsed.TotalSeconds < WarmUp)
            once = Math.Min(once, Time(action, 1));
        return Math.Max(1, (int)(Burst / once));
    }

    private static double Time(Action action, int calls)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
            action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / calls;
    }

    private static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }
}
