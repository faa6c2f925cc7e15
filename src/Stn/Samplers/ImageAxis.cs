namespace Stn.Samplers;

/// <summary>An axis of an image or of a volume.</summary>
public enum ImageAxis
{
    /// <summary>Along a row.</summary>
    X = 0,

    /// <summary>Along a column.</summary>
    Y = 1,

    /// <summary>From slice to slice of a volume.</summary>
    Z = 2,
}
