namespace Stn.Data.Pictures;

/// <summary>Where the fonts lie: DejaVu Sans, which has Greek letters and is packaged everywhere.</summary>
internal static class Font
{
    private static readonly string[] Folders =
    [
        "/usr/share/fonts", "/usr/local/share/fonts",
        System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share", "fonts"),
        System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".fonts"),
    ];

    private static readonly Lazy<string> Plain = new(() => Find("DejaVuSans.ttf"), LazyThreadSafetyMode.PublicationOnly);
    private static readonly Lazy<string> Bold = new(() => Find("DejaVuSans-Bold.ttf"), LazyThreadSafetyMode.PublicationOnly);

    /// <exception cref="FileNotFoundException">The font is in none of the usual folders.</exception>
    internal static string Path(bool bold) => (bold ? Bold : Plain).Value;

    private static string Find(string name)
    {
        var everywhere = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        foreach (var folder in Folders.Where(Directory.Exists))
        {
            if (Directory.EnumerateFiles(folder, name, everywhere).FirstOrDefault() is { } found)
                return found;
        }

        throw new FileNotFoundException(
            $"the font {name} is in none of {string.Join(", ", Folders)}; install it (Debian: apt-get install fonts-dejavu-core)", name);
    }
}
