using Stn.Data.Distortions;

namespace Stn.Experiments.Catalogue;

/// <summary>Distorted digits to be classified.</summary>
/// <param name="Name">The first half of an experiment's name: <c>rts</c>.</param>
/// <param name="Title">What is done to the digits, for people.</param>
/// <param name="Distortion">Makes an image from a digit.</param>
public sealed record DigitTask(string Name, string Title, IDistortion Distortion)
{
    /// <summary>The number of classes.</summary>
    public const int Classes = 10;
}
