using Stn.Data.Scenes;

namespace Stn.Data.Birds;

/// <summary>A picture of a bird and what is known of it.</summary>
/// <param name="File">The picture, below the collection's folder.</param>
/// <param name="Label">The place of its class among the class names.</param>
/// <param name="IsTraining">Whether it is one to learn from; otherwise one to be measured on.</param>
/// <param name="Box">The bird's box in the picture; null where the picture is that box.</param>
/// <param name="Parts">The parts that can be seen.</param>
public sealed record Bird(string File, int Label, bool IsTraining, Box? Box, IReadOnlyList<PartPlace> Parts)
{
    /// <summary>The middle of some of its parts: the mean of those that can be seen; null where none can.</summary>
    public (double X, double Y)? Middle(IReadOnlyList<BirdPart> parts)
    {
        PartPlace[] seen = [.. Parts.Where(place => parts.Contains(place.Part))];
        return seen.Length == 0 ? null : (seen.Average(place => place.X), seen.Average(place => place.Y));
    }
}
