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

    /// <summary>The same of the last round; in between it grows by equal factors.</summary>
    public double LastSharpness { get; init; } = 10;

    /// <summary>Adam's rate, which falls to 0 with a cosine.</summary>
    public double Rate { get; init; } = 1e-2;

    /// <summary>The side of the window where learning starts, over the image's; it lies in the middle. A third: e() reads the image at its own resolution.</summary>
    public double StartScale { get; init; } = 1.0 / 3;

    /// <summary>How far the side may move, as a part of where it started: equation (8) alone does not hold it.</summary>
    public double ScaleRange { get; init; } = 0.2;

    /// <summary>α of equation (8).</summary>
    public double Margin { get; init; } = 1;

    /// <summary><c>coloc-t</c> or <c>coloc-tc</c>.</summary>
    [JsonIgnore]
    public string Data => Cluttered ? "coloc-tc" : "coloc-t";

    /// <summary>The name of the experiment: <c>coloc-tc/7</c>.</summary>
    [JsonIgnore]
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Data}/{Digit}");
}
