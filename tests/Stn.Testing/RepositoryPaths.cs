namespace Stn.Testing;

/// <summary>Where things lie in the repository that the tests were built in.</summary>
public static class RepositoryPaths
{
    /// <summary>The folder that holds Stn.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file or folder below tests/golden.</summary>
    public static string Golden(params string[] parts) => Path.Combine([Root, "tests", "golden", .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Stn.slnx")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} holds Stn.slnx");
    }
}
