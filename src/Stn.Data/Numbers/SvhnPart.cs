namespace Stn.Data.Numbers;

/// <summary>A part of the Street View House Numbers.</summary>
/// <param name="Name">train, test or extra.</param>
/// <param name="Sha256">SHA-256 of its archive; null where none is published (extra).</param>
public sealed record SvhnPart(string Name, string? Sha256)
{
    /// <summary>33,402 pictures.</summary>
    public static SvhnPart Train { get; } = new("train", "4b17bb33b6cd8f963493168f80143da956f28ec406cc12f8e5745a9f91a51898");

    /// <summary>13,068 pictures.</summary>
    public static SvhnPart Test { get; } = new("test", "57ac9ceb530e4aa85b55d991be8fc49c695b3d71c6f6a88afea86549efde7fb5");

    /// <summary>202,353 easier pictures, of which the paper trains on most.</summary>
    public static SvhnPart Extra { get; } = new("extra", null);

    /// <summary>The archive's name.</summary>
    public string Archive => $"{Name}.tar.gz";
}
