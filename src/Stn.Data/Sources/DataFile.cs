namespace Stn.Data.Sources;

/// <summary>A file of a data set, known by its bytes.</summary>
/// <param name="Name">Its usual name.</param>
/// <param name="Length">Its number of bytes, uncompressed.</param>
/// <param name="Sha256">Its SHA-256, uncompressed, in lower-case hexadecimal.</param>
public sealed record DataFile(string Name, long Length, string Sha256)
{
    /// <summary>The names under which the file goes about: with a dash or a dot before "idx", compressed by gzip or not.</summary>
    internal IEnumerable<string> Spellings
    {
        get
        {
            var dotted = Name.Replace("-idx", ".idx", StringComparison.Ordinal);
            return [Name, dotted, Name + ".gz", dotted + ".gz"];
        }
    }
}
