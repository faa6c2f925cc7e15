using System.Globalization;

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

    /// <summary>Adam's rate, which falls to 0 with a cosine.</summary>
    public double Rate { get; init; } = 5e-3;

    /// <summary>The side of the window where learning starts, over the image's; it lies in the middle.</summary>
    public double StartScale { get; init; } = 0.42;

    /// <summary>What the scale's steps are multiplied by: equation (8) alone does not hold it.</summary>
    public double ScaleRate { get; init; } = 0.003;

    /// <summary>How much larger than predicted a window is read at first, so that it sees some of the digit wherever that lies.</summary>
    public double Enlargement { get; init; } = 1.5;

    /// <summary>The part of the steps after which windows are read as predicted; the enlargement falls linearly until then.</summary>
    public double EnlargedPart { get; init; } = 0.6;

    /// <summary>α of equation (8).</summary>
    public double Margin { get; init; } = 1;

    /// <summary><c>coloc-t</c> or <c>coloc-tc</c>.</summary>
    public string Data => Cluttered ? "coloc-tc" : "coloc-t";

    /// <summary>The name of the experiment: <c>coloc-tc/7</c>.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Data}/{Digit}");
}
