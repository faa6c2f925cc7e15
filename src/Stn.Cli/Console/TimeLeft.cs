using System.Globalization;

namespace Stn.Cli.Console;

/// <summary>How long a run still takes, at the pace so far.</summary>
internal static class TimeLeft
{
    /// <summary>As minutes and seconds; a dash before the first step.</summary>
    internal static string Of(TimeSpan elapsed, long first, long step, long total) =>
        step <= first
            ? "–"
            : (elapsed / (step - first) * (total - step)).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture);
}
