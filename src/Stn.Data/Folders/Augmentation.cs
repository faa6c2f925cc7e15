using System.Globalization;
using Stn.Data.Randomness;

namespace Stn.Data.Folders;

/// <summary>Random motions of training pictures, drawn afresh for each picture and epoch.</summary>
/// <param name="Rotate">The largest angle to either side, in degrees.</param>
/// <param name="Scale">The largest change of size: 0.2 draws a factor from 0.8 to 1.2.</param>
/// <param name="Shift">The largest shift along each axis, in sides of the picture.</param>
/// <param name="Flip">Whether half of the pictures are mirrored left to right.</param>
public sealed record Augmentation(double Rotate = 0, double Scale = 0, double Shift = 0, bool Flip = false)
{
    /// <summary>Pictures as they are.</summary>
    public static Augmentation None { get; } = new();

    /// <summary>Reads <c>rotate=15,scale=0.2,shift=0.1,flip</c>; an empty text means none.</summary>
    /// <exception cref="ArgumentException">A part is of another form, or a number is outside its range.</exception>
    public static Augmentation Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var result = None;
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            result = part.Split('=') switch
            {
                ["flip"] => result with { Flip = true },
                ["rotate", var value] => result with { Rotate = Number(part, value, 180) },
                ["scale", var value] => result with { Scale = Number(part, value, 0.9) },
                ["shift", var value] => result with { Shift = Number(part, value, 1) },
                _ => throw new ArgumentException($"'{part}' is no augmentation; there are rotate=degrees, scale=share, shift=share and flip"),
            };
        }

        return result;
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => string.Join(',', Parts());

    /// <summary>
    /// The motion of one picture: six numbers, row by row, from target to source, both normalised to [−1, 1] in a square, x before y.
    /// </summary>
    internal void Draw(ref CounterRandom random, Span<double> theta)
    {
        var (sin, cos) = Math.SinCos(random.Uniform(-Rotate, Rotate) * Math.PI / 180);
        var scale = 1 / random.Uniform(1 - Scale, 1 + Scale);
        var (x, y) = (2 * random.Uniform(-Shift, Shift), 2 * random.Uniform(-Shift, Shift));
        var mirror = Flip && random.NextInt(2) == 1 ? -1 : 1;
        (theta[0], theta[1], theta[2]) = (mirror * cos * scale, -sin * scale, x);
        (theta[3], theta[4], theta[5]) = (mirror * sin * scale, cos * scale, y);
    }

    private IEnumerable<string> Parts()
    {
        if (Rotate > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"rotate={Rotate}");
        if (Scale > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"scale={Scale}");
        if (Shift > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"shift={Shift}");
        if (Flip)
            yield return "flip";
    }

    private static double Number(string part, string text, double largest) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= 0 && value <= largest
            ? value
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"'{part}': expected a number from 0 to {largest}"));
}
