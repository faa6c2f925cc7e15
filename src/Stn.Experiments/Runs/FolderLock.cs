using Stn.Data.Sources;

namespace Stn.Experiments.Runs;

/// <summary>Keeps a second process out of a folder. The lock belongs to the open file, so it goes with the process, however that ends.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly IDisposable _file;

    internal FolderLock(string path) => _file = FileLock.TryTake(path)
        ?? throw new IOException($"another process is at work in {Path.GetDirectoryName(path)} (it holds {Path.GetFileName(path)})");

    public void Dispose() => _file.Dispose();

    /// <summary>Makes a folder and those above it.</summary>
    /// <returns>Those that were not there, the innermost first.</returns>
    internal static IReadOnlyList<string> MakeFolders(string path)
    {
        var missing = new List<string>();
        for (var folder = path; folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
            missing.Add(folder);
        Directory.CreateDirectory(path);
        return missing;
    }

    /// <summary>Removes folders, the innermost first, up to the first that holds something.</summary>
    internal static void RemoveEmpty(IEnumerable<string> folders)
    {
        foreach (var folder in folders.TakeWhile(f => Directory.Exists(f) && !Directory.EnumerateFileSystemEntries(f).Any()))
            Directory.Delete(folder);
    }
}
