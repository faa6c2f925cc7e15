using System.Globalization;

namespace Stn.Cli.Console;

/// <summary>How long a run still takes, at the pace so far.</summary>
internal static class TimeLeft
{
    /// <summary>As hours, minutes and seconds; a dash before the first step.</summary>
    internal static string Of(TimeSpan elapsed, long first, long step, long total)
    {
        if (step <= first)
            return "–";
        return Text(elapsed / (step - first) * (total - step));
    }

    /// <summary>A time as hours, minutes and seconds: <c>1:02:03</c>.</summary>
    internal static string Text(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time:mm\\:ss}");
}
