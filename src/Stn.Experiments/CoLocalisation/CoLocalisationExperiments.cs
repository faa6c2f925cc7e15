using System.IO.Enumeration;

namespace Stn.Experiments.CoLocalisation;

/// <summary>The experiments of the paper's table 5: <c>coloc-t/0</c> to <c>coloc-t/9</c> and <c>coloc-tc/0</c> to <c>coloc-tc/9</c>.</summary>
public static class CoLocalisationExperiments
{
    /// <summary>The name under which the encoder is trained.</summary>
    public const string Encoder = "coloc-encoder";

    // Table 5, from memory but for the range; T is 100 for every digit.
    private static readonly double[] Cluttered = [81, 82, 88, 75, 94, 84, 93, 85, 89, 87];

    /// <summary>All, in the table's order.</summary>
    public static IReadOnlyList<CoLocalisationSettings> All { get; } =
    [
        .. from cluttered in new[] { false, true }
           from digit in Enumerable.Range(0, Cluttered.Length)
           select new CoLocalisationSettings { Digit = digit, Cluttered = cluttered },
    ];

    /// <summary>The paper's number: images with the digit found, in percent.</summary>
    public static double Paper(CoLocalisationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Cluttered ? Cluttered[settings.Digit] : 100;
    }

    /// <summary>The experiment of a name; null where it is another kind of experiment.</summary>
    public static CoLocalisationSettings? Find(string? name) => All.FirstOrDefault(settings => settings.Name == name);

    /// <summary>Those whose names match, seed by seed.</summary>
    /// <param name="pattern">A name in which * stands for any letters and ? for one.</param>
    /// <param name="seeds">Seeds 1 to this.</param>
    public static IReadOnlyList<CoLocalisationSettings> Matching(string pattern, int seeds) =>
    [
        .. from seed in Enumerable.Range(1, seeds)
           from settings in All
           where FileSystemName.MatchesSimpleExpression(pattern, settings.Name, ignoreCase: false)
           select settings with { Seed = (ulong)seed },
    ];
}
