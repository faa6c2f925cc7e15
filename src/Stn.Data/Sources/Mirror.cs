using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Stn.Data.Sources;

/// <summary>A web folder that holds the files of a data set, compressed by gzip.</summary>
internal sealed class Mirror(Uri folder, ResumableDownload download)
{
    private const string PartSuffix = ".part";

    /// <summary>Downloads a file and installs it.</summary>
    public async Task FetchAsync(DataFile file, DataDirectory directory, CancellationToken cancellation)
    {
        Directory.CreateDirectory(directory.Path);
        var address = new Uri(folder, file.Name + ".gz");
        var part = OpenPart(file, address, directory);
        var worthKeeping = true;
        try
        {
            await download.FillAsync(address, part, cancellation);
            // Installed, or wrong: neither is to be resumed.
            worthKeeping = false;
            await InstallAsync(file, part, address, directory, cancellation);
        }
        finally
        {
            worthKeeping &= part.Length > 0 && part.Name.EndsWith(PartSuffix, StringComparison.Ordinal);
            await part.DisposeAsync();
            if (!worthKeeping)
                File.Delete(part.Name);
        }
    }

    private static async Task InstallAsync(
        DataFile file, FileStream part, Uri address, DataDirectory directory, CancellationToken cancellation)
    {
        part.Seek(0, SeekOrigin.Begin);
        try
        {
            await using var content = new GZipStream(part, CompressionMode.Decompress, leaveOpen: true);
            await directory.InstallAsync(file, content, address.ToString(), cancellation);
        }
        catch (InvalidDataException wrong)
        {
            throw new DataFormatException($"{address}: not a gzip file: {wrong.Message}", wrong);
        }
    }

    /// <summary>
    /// The partial file has a fixed name, so that a later process finds it, and belongs to one process at a time;
    /// a second process downloads beside it. Its name holds the address: mirrors may compress differently.
    /// </summary>
    private static FileStream OpenPart(DataFile file, Uri address, DataDirectory directory)
    {
        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.ToString())))[..8];
        try
        {
            var shared = Path.Combine(directory.Path, $"{file.Name}.gz.{mark}{PartSuffix}");
            return new FileStream(shared, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return new FileStream(directory.UniquePath(file.Name + ".gz"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        }
    }
}
