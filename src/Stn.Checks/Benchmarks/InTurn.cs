using System.Diagnostics;

namespace Stn.Checks.Benchmarks;

/// <summary>Times several actions in turn, so that what disturbs the machine disturbs all of them, and gives each its median.</summary>
internal static class InTurn
{
    private const double Burst = 2e-3;
    private const int FewestRounds = 7;
    private const int MostRounds = 101;

    /// <summary>The median time of a call of each action, in seconds.</summary>
    /// <param name="seconds">About how long all rounds take; slow actions take at least a few rounds.</param>
    /// <param name="actions">What is timed; each is called a few times before.</param>
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

    // How many calls make a burst that a clock measures well; also warms up. The first call may compile, the second does not.
    private static int Calls(Action action)
    {
        action();
        action();
        var once = Math.Max(1e-7, Math.Min(Time(action, 1), Time(action, 1)));
        var calls = Math.Max(1, (int)(Burst / once));
        Time(action, calls);
        return calls;
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
