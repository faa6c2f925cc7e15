namespace Stn.Data.Folders;

/// <summary>A folder of pictures for each class, alone or below train/ and validation/.</summary>
internal static class ClassFolders
{
    private const string TrainingName = "train";

    private static readonly string[] s_validationNames = ["validation", "valid", "val", "test"];

    private static readonly string[] s_extensions = [".png", ".jpg", ".jpeg"];

    /// <summary>All pictures, in ordinal order of their paths below the folder.</summary>
    /// <exception cref="InvalidDataException">There are no class folders.</exception>
    public static IReadOnlyList<FoundPicture> Read(string root)
    {
        var training = Path.Combine(root, TrainingName);
        var validation = s_validationNames.Select(name => Path.Combine(root, name)).FirstOrDefault(Directory.Exists);
        if (Directory.Exists(training) && validation is not null)
            return [.. Classes(training, false), .. Classes(validation, true)];
        return Classes(root, null);
    }

    private static List<FoundPicture> Classes(string folder, bool? isValidation)
    {
        var classes = Directory.GetDirectories(folder).Where(d => !IsHidden(d)).Order(StringComparer.Ordinal).ToArray();
        if (classes.Length == 0)
            throw new InvalidDataException($"{folder} has no folders in it; expected {LabelledPictures.Layouts}");
        var found = new List<FoundPicture>();
        foreach (var one in classes)
        {
            var pictures = Directory.EnumerateFiles(one, "*", SearchOption.AllDirectories).Where(path => IsPicture(path) && !IsBelowHidden(one, path)).Order(StringComparer.Ordinal);
            found.AddRange(pictures.Select(path => new FoundPicture(path, Path.GetFileName(one), isValidation)));
        }

        return found;
    }

    private static bool IsPicture(string path) =>
        !IsHidden(path) && s_extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static bool IsBelowHidden(string folder, string path) =>
        Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.'));

    private static bool IsHidden(string path) => Path.GetFileName(path).StartsWith('.');
}
