namespace Stn.Checks.Cases;

/// <summary>Where the values of a sampler jump as a point moves.</summary>
public enum Jumps
{
    /// <summary>Nowhere.</summary>
    Nowhere,

    /// <summary>Halfway between two pixels: the nearest sampler.</summary>
    Halfway,

    /// <summary>On whole pixels, perhaps: a kernel of a user's own need not be zero where its reach ends.</summary>
    OnPixels,
}
