namespace Stn.Data.Birds;

/// <summary>The fifteen parts of a bird that CUB-200-2011 locates, with its own numbers.</summary>
public enum BirdPart
{
    /// <summary>CUB's 1.</summary>
    Back = 1,

    /// <summary>CUB's 2.</summary>
    Beak,

    /// <summary>CUB's 3.</summary>
    Belly,

    /// <summary>CUB's 4.</summary>
    Breast,

    /// <summary>CUB's 5.</summary>
    Crown,

    /// <summary>CUB's 6.</summary>
    Forehead,

    /// <summary>CUB's 7.</summary>
    LeftEye,

    /// <summary>CUB's 8.</summary>
    LeftLeg,

    /// <summary>CUB's 9.</summary>
    LeftWing,

    /// <summary>CUB's 10.</summary>
    Nape,

    /// <summary>CUB's 11.</summary>
    RightEye,

    /// <summary>CUB's 12.</summary>
    RightLeg,

    /// <summary>CUB's 13.</summary>
    RightWing,

    /// <summary>CUB's 14.</summary>
    Tail,

    /// <summary>CUB's 15.</summary>
    Throat,
}

/// <summary>A part that can be seen, and where.</summary>
/// <param name="Part">Which.</param>
/// <param name="X">In pixels from the picture's left edge.</param>
/// <param name="Y">In pixels from its upper edge.</param>
public readonly record struct PartPlace(BirdPart Part, double X, double Y);

/// <summary>Parts that belong together.</summary>
public static class BirdParts
{
    /// <summary>The head: beak, crown, forehead, eyes, nape and throat.</summary>
    public static IReadOnlyList<BirdPart> Head { get; } =
        [BirdPart.Beak, BirdPart.Crown, BirdPart.Forehead, BirdPart.LeftEye, BirdPart.RightEye, BirdPart.Nape, BirdPart.Throat];

    /// <summary>The body: back, belly, breast and wings. Legs and tail reach out of it.</summary>
    public static IReadOnlyList<BirdPart> Body { get; } =
        [BirdPart.Back, BirdPart.Belly, BirdPart.Breast, BirdPart.LeftWing, BirdPart.RightWing];
}
