using System.Globalization;

namespace Stn.Cli.Commands;

/// <summary>Numbers on the command line, with commas between.</summary>
internal static class NumberList
{
    /// <summary>Reads an option's numbers.</summary>
    /// <param name="option">The option, for messages.</param>
    /// <param name="text">Its value.</param>
    /// <param name="what">What is right, for messages: "two numbers, pixels to the right and down".</param>
    /// <param name="counts">How many numbers there may be; none for any number of them.</param>
    /// <exception cref="ArgumentException">The text is something else.</exception>
    internal static double[] Parse(string option, string text, string what, params ReadOnlySpan<int> counts)
    {
        var parts = text.Length == 0 ? [] : text.Split(',');
        var numbers = new double[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
                throw new ArgumentException($"{option} {text}: '{parts[i]}' is no number; expected {what}");
        }

        return counts.IsEmpty || counts.Contains(numbers.Length)
            ? numbers
            : throw new ArgumentException($"{option} {text}: {numbers.Length} numbers; expected {what}");
    }
}
