namespace Stn.Experiments.Training;

/// <summary>The part of a run's settings that is about a user's own pictures.</summary>
public sealed record PictureSettings
{
    /// <summary>The folder, or the .csv file.</summary>
    public required string Data { get; init; }

    /// <summary>H = W of an image.</summary>
    public int Size { get; init; } = 64;

    /// <summary>1 for grey, 3 for colour; 0 lets the pictures decide: grey where all of them are.</summary>
    public int Channels { get; init; }

    /// <summary>How a picture becomes a square: crop, pad or stretch.</summary>
    public string Fit { get; init; } = "crop";

    /// <summary>Random motions of the training pictures, as <c>rotate=15,scale=0.2,shift=0.1,flip</c>.</summary>
    public string Augment { get; init; } = string.Empty;

    /// <summary>Where the parts are not given: the share of each class that is held out to measure the error on.</summary>
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>Whether pictures that cannot be read are left out; otherwise they are an error.</summary>
    public bool SkipBroken { get; init; }

    /// <summary>The names of the classes; a label is a place among them. Known once the folder has been read.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];
}
