using System.Security.Cryptography;
using System.Text;
using Stn.Data.Pictures;
using Stn.Data.Scenes;

namespace Stn.Data.Birds;

/// <summary>Reads every picture's file once: whether it is a picture, whether box and parts lie in it, and its hash. No picture is decoded or kept.</summary>
/// <remarks>
/// A box must touch its picture: some of CUB's reach beyond the edge. A part outside its picture cannot be seen there, so it is left out,
/// and counted.
/// </remarks>
public sealed class BirdInspection
{
    private const int MostNamed = 10;

    private readonly Dictionary<string, Seen> _seen;

    private BirdInspection(BirdPictures birds, int partsLeftOut, IEnumerable<Seen> seen) =>
        (Birds, PartsLeftOut, _seen) = (birds, partsLeftOut, seen.ToDictionary(s => s.Bird.File));

    /// <summary>The birds, with the parts that lie in their pictures.</summary>
    public BirdPictures Birds { get; }

    /// <summary>How many parts did not.</summary>
    public int PartsLeftOut { get; }

    /// <summary>Reads all files.</summary>
    /// <exception cref="DataFormatException">Pictures are missing or broken, or a box lies outside its picture; the text names the first ten.</exception>
    public static BirdInspection Of(BirdPictures birds)
    {
        ArgumentNullException.ThrowIfNull(birds);
        var seen = new Seen[birds.Birds.Count];
        Parallel.For(0, seen.Length, i => seen[i] = Look(birds.Folder, birds.Birds[i]));
        string[] wrong = [.. seen.Select(s => s.Wrong).OfType<string>()];
        return wrong.Length == 0
            ? new BirdInspection(birds with { Birds = [.. seen.Select(s => s.Bird)] }, birds.Birds.Sum(b => b.Parts.Count) - seen.Sum(s => s.Bird.Parts.Count), seen)
            : throw new DataFormatException(
                $"{wrong.Length} of {seen.Length} birds in {birds.Folder}: {string.Join("; ", wrong.Take(MostNamed))}{(wrong.Length > MostNamed ? $"; and {wrong.Length - MostNamed} more" : string.Empty)}");
    }

    /// <summary>The size of a bird's picture.</summary>
    internal (int Height, int Width) SizeOf(Bird bird) => (_seen[bird.File].Height, _seen[bird.File].Width);

    /// <summary>SHA-256 of some birds: their pictures' contents and labels, in their order; in lower-case hexadecimal digits.</summary>
    internal string Sha256(IEnumerable<Bird> birds)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var bird in birds)
        {
            hash.AppendData(_seen[bird.File].Sha256);
            hash.AppendData(Encoding.UTF8.GetBytes($"{bird.Label}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static Seen Look(string folder, Bird bird)
    {
        try
        {
            var bytes = File.ReadAllBytes(Path.Combine(folder, bird.File));
            var header = PictureHeader.Read(bytes);
            var whole = bird with { Parts = [.. bird.Parts.Where(p => p.X >= 0 && p.Y >= 0 && p.X <= header.Width && p.Y <= header.Height)] };
            return new Seen(whole, header.Height, header.Width, SHA256.HashData(bytes), bird.Box is { } box && !Touches(box, header) ? Outside(bird, box, header) : null);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new Seen(bird, 0, 0, [], $"{bird.File}: {error.Message}");
        }
    }

    private static bool Touches(Box box, PictureHeader picture) => box.Left < picture.Width && box.Top < picture.Height && box.Right > 0 && box.Bottom > 0;

    private static string Outside(Bird bird, Box box, PictureHeader picture) => FormattableString.Invariant(
        $"{bird.File}: its box spans x {box.Left} to {box.Right} and y {box.Top} to {box.Bottom}, outside the picture of {picture.Width}×{picture.Height}");

    private sealed record Seen(Bird Bird, int Height, int Width, byte[] Sha256, string? Wrong);
}
