using System.Security.Cryptography;
using System.Text;

namespace Stn.Data;

/// <summary>What a run's data were, for its manifest: two runs with equal manifests saw the same samples.</summary>
/// <param name="Samples">The number of samples in an epoch.</param>
/// <param name="Source">SHA-256 of what they are made of.</param>
/// <param name="Description">How they are made of it: the distortion, its numbers, purpose and seed.</param>
/// <param name="Sha256">SHA-256 of <paramref name="Source"/> and <paramref name="Description"/>, a line each: one name for all of it.</param>
public sealed record DataManifest(int Samples, string Source, string Description, string Sha256)
{
    /// <summary>The manifest of a set.</summary>
    public static DataManifest Of(ISampleSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var source = set.SourceHash();
        var whole = SHA256.HashData(Encoding.UTF8.GetBytes($"{source}\n{set.Description}\n"));
        return new DataManifest(set.Count, source, set.Description, Convert.ToHexStringLower(whole));
    }
}
