namespace Stn.Data.Birds;

/// <summary>The pictures that an index names: each once, and each below <c>images/</c>.</summary>
internal sealed class IndexedFiles
{
    private readonly HashSet<string> _seen = [];

    /// <summary>The path of a picture from the folder of the index on.</summary>
    /// <param name="name">Its path from <c>images/</c> on.</param>
    /// <param name="error">Says where it stands.</param>
    /// <exception cref="DataFormatException">It leads elsewhere, or stands there twice.</exception>
    public string Add(string name, Func<string, DataFormatException> error)
    {
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal) || Path.IsPathRooted(name) || name.Split('/', '\\').Contains(".."))
            throw error($"'{name}' is no path of a picture below images/");
        if (!_seen.Add(name))
            throw error($"{name} stands there twice");
        return Path.Combine("images", name);
    }
}
