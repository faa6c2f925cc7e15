namespace Stn.Testing;

/// <summary>Where a test finds the files of the repository: above its own build output, where Stn.slnx lies.</summary>
public static class RepositoryFolder
{
    public static string Root { get; } = Find();

    /// <summary>A file or folder of tests/golden, which holds values from outside and the scripts that made them.</summary>
    public static string Golden(params string[] parts) => Path.Combine([Root, "tests", "golden", .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Stn.slnx")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Stn.slnx.");
    }
}
