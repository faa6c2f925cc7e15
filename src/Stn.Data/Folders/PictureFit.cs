namespace Stn.Data.Folders;

/// <summary>How a picture of any shape becomes a square.</summary>
public enum PictureFit
{
    /// <summary>The largest square in its middle.</summary>
    Crop,

    /// <summary>All of it, with black beside or above and below.</summary>
    Pad,

    /// <summary>All of it, each axis scaled by itself.</summary>
    Stretch,
}
