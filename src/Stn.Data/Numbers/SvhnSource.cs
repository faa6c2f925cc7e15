using System.Security.Cryptography;
using Stn.Data.Sources;

namespace Stn.Data.Numbers;

/// <summary>
/// Finds or fetches the Street View House Numbers, format 1 (whole pictures), and unpacks them into the data directory: <c>train/1.png</c>, …,
/// <c>train/digitStruct.mat</c>. In this order: what is unpacked already; an archive in the data directory or in a folder that the user
/// names; the authors' site.
/// </summary>
/// <param name="dataDirectory">Where the parts are kept.</param>
public sealed class SvhnSource(string dataDirectory)
{
    private const string IndexName = "digitStruct.mat";

    /// <summary>A folder with the archives, such as a download folder.</summary>
    public string? Folder { get; init; }

    /// <summary>Told what is being done, a line at a time: fetching takes a while.</summary>
    public Action<string> Report { get; init; } = static _ => { };

    /// <summary>Where the parts are kept.</summary>
    public string DataDirectory { get; } = Path.GetFullPath(dataDirectory);

    internal Uri Site { get; init; } = new("http://ufldl.stanford.edu/housenumbers/");

    /// <summary>Whether a part is unpacked in the data directory.</summary>
    public bool Has(SvhnPart part) => File.Exists(Path.Combine(FolderOf(part), IndexName));

    /// <summary>The folder of a part's pictures.</summary>
    public string FolderOf(SvhnPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return Path.Combine(DataDirectory, part.Name);
    }

    /// <summary>Finds, fetches and unpacks a part where that is needed, and reads its index.</summary>
    /// <exception cref="DataUnavailableException">The part is nowhere; the message lists what was tried.</exception>
    /// <exception cref="DataFormatException">An archive or the index is not what it should be.</exception>
    public async Task<IReadOnlyList<HouseNumber>> LoadAsync(SvhnPart part, CancellationToken cancellation = default)
    {
        await EnsureAsync(part, cancellation);
        var numbers = DigitStruct.Read(Path.Combine(FolderOf(part), IndexName));
        var missing = numbers.Where(n => !File.Exists(Path.Combine(FolderOf(part), n.File))).Take(5).Select(n => n.File).ToArray();
        return missing.Length == 0
            ? numbers
            : throw new DataFormatException($"{FolderOf(part)}: {IndexName} names pictures that are not there: {string.Join(", ", missing)}");
    }

    /// <summary>Finds, fetches and unpacks a part where that is needed.</summary>
    /// <inheritdoc cref="LoadAsync"/>
    public async Task EnsureAsync(SvhnPart part, CancellationToken cancellation = default)
    {
        if (Has(part))
            return;
        Directory.CreateDirectory(DataDirectory);
        var archive = new[] { DataDirectory, Folder }.OfType<string>().Select(f => Path.Combine(f, part.Archive)).FirstOrDefault(File.Exists)
            ?? await FetchAsync(part, cancellation);
        await RequireHashAsync(archive, part, cancellation);
        Report($"SVHN: unpacks {archive}");
        await TarFolder.UnpackAsync(archive, part.Name, FolderOf(part), cancellation);
        if (!Has(part))
            throw new DataFormatException($"{FolderOf(part)} is there without {IndexName}; remove the folder, and it is unpacked again");
    }

    private async Task<string> FetchAsync(SvhnPart part, CancellationToken cancellation)
    {
        var address = new Uri(Site, part.Archive);
        var archive = Path.Combine(DataDirectory, part.Archive);
        Report($"SVHN: fetches {address}");
        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) }) { Timeout = TimeSpan.FromSeconds(30) };
            await using (var partial = new FileStream(archive + ".part", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
                await new ResumableDownload(client).FillAsync(address, partial, cancellation);
            File.Move(archive + ".part", archive);
            return archive;
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested
            && failure is HttpRequestException or HttpIOException or TimeoutException or TaskCanceledException or DataUnavailableException)
        {
            throw new DataUnavailableException(
                $"SVHN's {part.Name} is not in {DataDirectory} and could not be fetched from {address}: {failure.Message}. "
                + $"What you can do: put {part.Archive} in {DataDirectory}, or name the folder that holds it with --data.", failure);
        }
    }

    private static async Task RequireHashAsync(string archive, SvhnPart part, CancellationToken cancellation)
    {
        if (part.Sha256 is not { } expected)
            return;
        await using var stream = File.OpenRead(archive);
        var found = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
        if (found != expected)
            throw new DataFormatException($"{archive} is not SVHN's {part.Archive}, or is cut off: its SHA-256 is {found}, should be {expected}");
    }
}
