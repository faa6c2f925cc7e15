namespace Stn.Samplers;

/// <summary>An axis of an image.</summary>
public enum ImageAxis
{
    /// <summary>Along a row.</summary>
    X = 0,

    /// <summary>Along a column.</summary>
    Y = 1,
}
