using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Stn.Data;

/// <summary>What a run's data were, for its manifest: two runs with equal manifests saw the same images.</summary>
/// <param name="Images">The number of images.</param>
/// <param name="Digits">SHA-256 of the digits: N, H, W as little-endian 32-bit numbers, then pixels, then labels.</param>
/// <param name="Description">The distortion, its numbers, purpose and seed.</param>
/// <param name="Sha256">SHA-256 of <paramref name="Digits"/> and <paramref name="Description"/>, a line each: one name for all of it.</param>
public sealed record DataManifest(int Images, string Digits, string Description, string Sha256)
{
    /// <summary>The manifest of a set.</summary>
    public static DataManifest Of(DistortedSet set)
    {
        var digits = HashOf(set.Digits);
        var whole = SHA256.HashData(Encoding.UTF8.GetBytes($"{digits}\n{set.Description}\n"));
        return new DataManifest(set.Count, digits, set.Description, Convert.ToHexStringLower(whole));
    }

    private static string HashOf(LabelledImages images)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> sizes = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(sizes, images.Count);
        BinaryPrimitives.WriteInt32LittleEndian(sizes[4..], images.Plane.Height);
        BinaryPrimitives.WriteInt32LittleEndian(sizes[8..], images.Plane.Width);
        hash.AppendData(sizes);
        hash.AppendData(images.Pixels);
        hash.AppendData(images.Labels);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
