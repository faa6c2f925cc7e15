using System.Globalization;
using Stn.Data.Pictures;
using Stn.Kernels;

namespace Stn.Experiments.Pictures;

/// <summary>What a warp reads outside a picture, colour and alpha.</summary>
/// <param name="Colour">Of the three colour channels, 0 to 1.</param>
/// <param name="Alpha">Of the alpha channel, where there is one.</param>
/// <param name="AddsAlpha">Whether a picture without alpha gets it.</param>
public readonly record struct PicturePadding(Padding Colour, Padding Alpha, bool AddsAlpha = false)
{
    /// <summary>What <see cref="Parse"/> reads.</summary>
    public const string Forms = "zeros, border, reflection, transparent or constant:<0 to 255>";

    /// <summary>Black, and transparent in a picture with alpha.</summary>
    public static PicturePadding Zeros => default;

    /// <summary>Transparent in every picture.</summary>
    public static PicturePadding Transparent => new(Padding.Zeros, Padding.Zeros, AddsAlpha: true);

    /// <summary>An opaque grey.</summary>
    /// <param name="level">0 is black, 255 white.</param>
    public static PicturePadding Grey(double level) => new(Padding.Constant(level / 255), Padding.Constant(1));

    /// <summary>Reads <see cref="Forms"/>.</summary>
    /// <exception cref="ArgumentException">The text is none of them.</exception>
    public static PicturePadding Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split(':') switch
        {
            ["zeros"] => Zeros,
            ["border"] => new(Padding.Border, Padding.Border),
            ["reflection"] => new(Padding.Reflection, Padding.Reflection),
            ["transparent"] => Transparent,
            ["constant", var level] when double.TryParse(level, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 255 =>
                Grey(value),
            _ => throw new ArgumentException($"'{text}' is no padding: use {Forms}", nameof(text)),
        };
    }

    /// <summary>The picture, with an opaque alpha channel where this padding adds one.</summary>
    internal Picture Prepare(Picture picture)
    {
        if (!AddsAlpha || picture.Channels == 4)
            return picture;
        var wider = new Picture(picture.Height, picture.Width, 4);
        for (var i = 0; i < picture.Height * picture.Width; i++)
        {
            picture.Pixels.Slice(3 * i, 3).CopyTo(wider.Pixels[(4 * i)..]);
            wider.Pixels[(4 * i) + 3] = 255;
        }

        return wider;
    }
}
