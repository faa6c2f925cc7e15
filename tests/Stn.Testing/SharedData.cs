namespace Stn.Testing;

/// <summary>Data beside the repository, ../shared/data, or where the variable says.</summary>
public static class SharedData
{
    public const string Variable = "STN_SHARED_DATA";

    public static string Folder(string name) => Path.Combine(
        Environment.GetEnvironmentVariable(Variable) ?? Path.GetFullPath(Path.Combine(RepositoryFolder.Root, "..", "shared", "data")), name);
}
