using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Stn.Data.Pictures;

namespace Stn.Data.Folders;

/// <summary>What reading every picture once told. No picture is kept.</summary>
public sealed class PictureInspection
{
    private const int MostNamed = 10;

    private readonly IReadOnlyList<Seen> _seen;

    private PictureInspection(IReadOnlyList<Seen> seen)
    {
        _seen = seen;
        Readable = [.. seen.Where(s => s.Reason is null).Select(s => s.Entry)];
        Broken = [.. seen.Where(s => s.Reason is not null).Select(s => (s.Entry, s.Reason!))];
    }

    /// <summary>Those that could be read, in the order of the question.</summary>
    public IReadOnlyList<PictureEntry> Readable { get; }

    /// <summary>The others, each with its file's name and what is wrong.</summary>
    public IReadOnlyList<(PictureEntry Entry, string Reason)> Broken { get; }

    /// <summary>Whether all readable ones are grey.</summary>
    public bool IsGrey => _seen.All(s => s.Reason is not null || s.IsGrey);

    /// <summary>Reads and decodes each picture.</summary>
    /// <param name="entries">The pictures.</param>
    /// <param name="threads">So many at a time.</param>
    public static PictureInspection Of(IReadOnlyList<PictureEntry> entries, int threads)
    {
        ArgumentNullException.ThrowIfNull(entries);
        Picture.RequireCodecs(); // an error of its own, not of each picture
        var seen = new Seen[entries.Count];
        Parallel.ForEach(
            Partitioner.Create(Enumerable.Range(0, entries.Count)), new ParallelOptions { MaxDegreeOfParallelism = threads },
            i => seen[i] = Look(entries[i]));
        return new PictureInspection(seen);
    }

    /// <summary>What was seen of some of the pictures, by their places in the question.</summary>
    public PictureInspection Slice(int start, int count) => new([.. _seen.Skip(start).Take(count)]);

    /// <summary>Throws if there are broken pictures: how many, and which.</summary>
    /// <exception cref="InvalidDataException">There are some.</exception>
    public void RequireAll()
    {
        if (Broken.Count > 0)
            throw new InvalidDataException($"{Describe()}; --skip-broken leaves them out");
    }

    /// <summary>How many are broken, and which: the first ten of them.</summary>
    public string Describe()
    {
        var named = string.Join("; ", Broken.Take(MostNamed).Select(b => b.Reason));
        var rest = Broken.Count > MostNamed ? $"; and {Broken.Count - MostNamed} more" : string.Empty;
        return $"{Broken.Count} of {_seen.Count} pictures cannot be read: {named}{rest}";
    }

    /// <summary>SHA-256 of the readable files' contents and labels, in their order; in lower-case hexadecimal digits.</summary>
    public string Sha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var one in _seen.Where(s => s.Reason is null))
        {
            hash.AppendData(one.Sha256);
            hash.AppendData(Encoding.UTF8.GetBytes($"{one.Entry.Label}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static Seen Look(PictureEntry entry)
    {
        try
        {
            var bytes = File.ReadAllBytes(entry.Path);
            return new Seen(entry, null, IsGreyPicture(Picture.Decode(bytes)), SHA256.HashData(bytes));
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new Seen(entry, $"{entry.Path}: {error.Message}", false, []);
        }
    }

    private static bool IsGreyPicture(Picture picture)
    {
        var pixels = picture.Pixels;
        for (var i = 0; i < pixels.Length; i += picture.Channels)
        {
            if (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2])
                return false;
        }

        return true;
    }

    private sealed record Seen(PictureEntry Entry, string? Reason, bool IsGrey, byte[] Sha256);
}
