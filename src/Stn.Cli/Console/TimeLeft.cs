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
        var left = elapsed / (step - first) * (total - step);
        return string.Create(CultureInfo.InvariantCulture, $"{(long)left.TotalHours}:{left:mm\\:ss}");
    }
}
