using System.Globalization;
using System.Text.Json.Serialization;

namespace Stn.Experiments.CoLocalisation;

/// <summary>Everything that decides a co-localisation: <c>coloc-t/7</c> is the digit 7 alone, <c>coloc-tc/7</c> the digit 7 among distractors.</summary>
public sealed record CoLocalisationSettings
{
    /// <summary>The digits' class, 0 to 9.</summary>
    public int Digit { get; init; }

    /// <summary>Whether each image has 16 distractors.</summary>
    public bool Cluttered { get; init; }

    /// <summary>Images, weights and windows follow from it.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The number of images.</summary>
    public int Images { get; init; } = 100;

    /// <summary>Steps of gradient descent, each with all images.</summary>
    public int Steps { get; init; } = 300;

    /// <summary>So many of them, the first, go towards the random windows of least loss; the others follow the gradient of equation (8).</summary>
    public int SearchSteps { get; init; } = 200;

    /// <summary>The random windows of each image among which is searched.</summary>
    public int Windows { get; init; } = 192;

    /// <summary>How sharply the first round prefers windows of less loss, whose deviation over an image's windows is 1.</summary>
    public double FirstSharpness { get; init; } = 0.7;

    /// <summary>What it grows to, by equal factors from round to round: the round after the last would have it.</summary>
    public double LastSharpness { get; init; } = 10;

    /// <summary>Adam's rate, which falls to 0 with a cosine.</summary>
    public double Rate { get; init; } = 1e-2;

    /// <summary>The side of the window where learning starts, over the image's; it lies in the middle. A third: e() reads the image at its own resolution.</summary>
    public double StartScale { get; init; } = 1.0 / 3;

    /// <summary>How far the side may move, as a part of where it started: equation (8) alone does not hold it.</summary>
    public double ScaleRange { get; init; } = 0.2;

    /// <summary>α of equation (8).</summary>
    public double Margin { get; init; } = 1;

    /// <summary>Throws unless all of it makes sense.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the text names both.</exception>
    public void Check()
    {
        Require(Images >= 2, "images", "2 or more, for a loss between images", Images);
        Require(Steps >= 1, "steps", "1 or more", Steps);
        Require(SearchSteps >= 0, "search_steps", "0 or more", SearchSteps);
        Require(Windows >= 1, "windows", "1 or more", Windows);
        Require(FirstSharpness > 0 && double.IsFinite(FirstSharpness), "first_sharpness", "above 0", FirstSharpness);
        Require(LastSharpness > 0 && double.IsFinite(LastSharpness), "last_sharpness", "above 0", LastSharpness);
        Require(Rate > 0 && double.IsFinite(Rate), "rate", "above 0", Rate);
        Require(StartScale is > 0 and < 1, "start_scale", "between 0 and 1, a part of the image's side", StartScale);
        Require(ScaleRange is >= 0 and < 1, "scale_range", "from 0 to below 1, a part of the window's side", ScaleRange);
        Require(StartScale * (1 + ScaleRange) <= 1, "start_scale", string.Create(CultureInfo.InvariantCulture, $"at most {1 / (1 + ScaleRange):f3} with a scale_range of {ScaleRange}, for windows to fit"), StartScale);
        Require(Margin >= 0 && double.IsFinite(Margin), "margin", "0 or more", Margin);
    }

    /// <summary><c>coloc-t</c> or <c>coloc-tc</c>.</summary>
    [JsonIgnore]
    public string Data => Cluttered ? "coloc-tc" : "coloc-t";

    /// <summary>The name of the experiment: <c>coloc-tc/7</c>.</summary>
    [JsonIgnore]
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Data}/{Digit}");

    private static void Require(bool isRight, string name, string expected, object value)
    {
        if (!isRight)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} must be {expected}, got {value}"));
    }
}
