namespace Stn.Data.Pictures;

/// <summary>A colour, 0 to 255 a channel.</summary>
/// <param name="Red">The red channel.</param>
/// <param name="Green">The green channel.</param>
/// <param name="Blue">The blue channel.</param>
/// <param name="Alpha">255 is opaque, 0 invisible; drawing keeps the upper 7 bits.</param>
public readonly record struct Colour(byte Red, byte Green, byte Blue, byte Alpha = 255)
{
    /// <summary>Opaque white.</summary>
    public static Colour White { get; } = new(255, 255, 255);

    /// <summary>Opaque black.</summary>
    public static Colour Black { get; } = new(0, 0, 0);

    // libgd's true colour: 7 bits that grow with transparency, then red, green, blue.
    internal int Packed => ((127 - (Alpha >> 1)) << 24) | (Red << 16) | (Green << 8) | Blue;

    // The way back that libgd's own PNG writer takes, so that both ends of the scale are met exactly.
    internal static byte AlphaOf(int packed)
    {
        var transparency = (packed >> 24) & 127;
        return (byte)(255 - ((transparency << 1) + (transparency >> 6)));
    }
}
