namespace Stn.Data.Birds;

/// <summary>Pictures of birds with their classes, parts and split: CUB-200-2011 (Wah et al. 2011).</summary>
/// <param name="Folder">The folder that the pictures' paths lie below.</param>
/// <param name="ClassNames">The names of the classes, in CUB's order.</param>
/// <param name="Birds">All of them, in CUB's order.</param>
public sealed record BirdPictures(string Folder, IReadOnlyList<string> ClassNames, IReadOnlyList<Bird> Birds)
{
    /// <summary>The number of classes of the whole of CUB-200-2011.</summary>
    public const int AllClasses = 200;

    /// <summary>Reads the index of a folder; opens no picture.</summary>
    /// <param name="folder">CUB_200_2011 as it is handed out, or the folder that it was unpacked in; or crops of birds with parts_in_crop.csv.</param>
    /// <exception cref="DataUnavailableException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">A file of the index is not there.</exception>
    /// <exception cref="DataFormatException">A file is not what it should be; the text names the place.</exception>
    public static BirdPictures Open(string folder)
    {
        string[] places = [folder, Path.Combine(folder, "CUB_200_2011")];
        if (Array.Find(places, CubFolder.Is) is { } official)
            return CubFolder.Read(official);
        return CubCrops.Is(folder)
            ? CubCrops.Read(folder)
            : throw new DataUnavailableException(
                $"CUB-200-2011 is not in {folder}: expected images.txt and bounding_boxes.txt there, or in CUB_200_2011 below it. "
                + "What you can do: unpack the authors' CUB_200_2011.tgz there (www.vision.caltech.edu/datasets/cub_200_2011), or name its folder with --data.");
    }

    /// <summary>A class's name for people: <c>001.Black_footed_Albatross</c> is Black footed Albatross.</summary>
    internal static string NameOf(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return (dot > 0 && name.AsSpan(0, dot).IndexOfAnyExceptInRange('0', '9') < 0 ? name[(dot + 1)..] : name).Replace('_', ' ');
    }
}
