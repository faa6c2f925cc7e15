namespace Stn.Data.Folders;

/// <summary>Pictures with their classes, in two parts: to learn from, and to measure the error on.</summary>
/// <param name="ClassNames">The names of the classes, in ordinal order; a label is a place in it.</param>
/// <param name="Training">To learn from.</param>
/// <param name="Validation">To be measured on.</param>
public sealed record LabelledPictures(
    IReadOnlyList<string> ClassNames, IReadOnlyList<PictureEntry> Training, IReadOnlyList<PictureEntry> Validation)
{
    /// <summary>What a collection is read from, for messages.</summary>
    public const string Layouts =
        "a folder with a folder of PNG or JPEG pictures for each class, a folder with train/ and validation/ (or val/, valid/, test/) of that kind, "
        + "or a .csv file with a line path,label or path,label,train|validation for each picture";

    /// <summary>Reads what there is, without opening a picture.</summary>
    /// <param name="path">A folder or a CSV file, see <see cref="Layouts"/>.</param>
    /// <param name="validationShare">Where the parts are not given: the share of each class that is held out, in (0, 1).</param>
    /// <param name="seed">Decides which pictures these are.</param>
    /// <exception cref="FileNotFoundException">There is no such folder or file.</exception>
    /// <exception cref="InvalidDataException">It is laid out in another way, or a part is empty.</exception>
    public static LabelledPictures Open(string path, double validationShare, ulong seed)
    {
        if (validationShare is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(validationShare), validationShare, "the validation share, what is held out of each class, lies between 0 and 1");
        var found = File.Exists(path) ? PictureCsv.Read(path)
            : Directory.Exists(path) ? ClassFolders.Read(path)
            : throw new FileNotFoundException($"{path}: there is no such folder or .csv file");
        var names = found.Select(f => f.ClassName).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (names.Length < 2)
            throw new InvalidDataException($"{path}: pictures of {(names.Length == 0 ? "no class" : $"one class ('{names[0]}') only")}; expected {Layouts}");

        var parts = found.Any(f => f.IsValidation is not null) ? found : Split(path, found, validationShare, seed);
        var pictures = new LabelledPictures(names, Part(parts, names, false), Part(parts, names, true));
        return pictures.Training.Count == 0 || pictures.Validation.Count == 0
            ? throw new InvalidDataException($"{path}: {pictures.Training.Count} pictures to learn from and {pictures.Validation.Count} to validate with; both parts need some")
            : pictures;
    }

    private static PictureEntry[] Part(IEnumerable<FoundPicture> all, string[] names, bool isValidation) =>
        [.. all.Where(f => f.IsValidation == isValidation).Select(f => new PictureEntry(f.Path, Array.IndexOf(names, f.ClassName)))];

    // Of each class its share, at least one and never all.
    private static List<FoundPicture> Split(string path, IReadOnlyList<FoundPicture> found, double share, ulong seed)
    {
        var parts = new List<FoundPicture>(found.Count);
        foreach (var one in found.GroupBy(f => f.ClassName).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var files = one.ToArray();
            if (files.Length < 2)
                throw new InvalidDataException($"{path}: {files[0].Path} is the only picture of '{one.Key}'; a class needs two, one to learn from and one to validate with");
            var held = Math.Clamp((int)Math.Round(share * files.Length), 1, files.Length - 1);
            var order = Randomness.Permutation.Of(files.Length, seed, epoch: 0);
            parts.AddRange(files.Select((picture, i) => picture with { IsValidation = order[i] < held }));
        }

        return parts;
    }
}

/// <summary>A picture as a layout names it.</summary>
/// <param name="Path">The file.</param>
/// <param name="ClassName">Its class.</param>
/// <param name="IsValidation">The part that it belongs to; null where the layout has no parts.</param>
internal sealed record FoundPicture(string Path, string ClassName, bool? IsValidation);
