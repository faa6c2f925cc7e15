using System.Security.Cryptography;

namespace Stn.Data.Sources;

/// <summary>
/// A folder of verified files: a file appears in it under its own name only when it is whole and its SHA-256 is right,
/// whatever is interrupted and however many processes write at once.
/// </summary>
internal sealed class DataDirectory(string path)
{
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string PathOf(DataFile file) => System.IO.Path.Combine(Path, file.Name);

    /// <summary>A path in the folder that no other process and no other call uses.</summary>
    public string UniquePath(string name) => System.IO.Path.Combine(Path, $"{name}.{Guid.NewGuid():n}.tmp");

    public bool Has(DataFile file)
    {
        var info = new FileInfo(PathOf(file));
        if (!info.Exists || info.Length != file.Length)
            return false;

        using var stream = info.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(stream)) == file.Sha256;
    }

    /// <summary>Writes <paramref name="content"/> as <paramref name="file"/>, if it is that file.</summary>
    /// <param name="file">What it should be.</param>
    /// <param name="content">The uncompressed bytes, read to their end.</param>
    /// <param name="origin">Where they come from, for the message.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="DataFormatException">The bytes are not those of the file.</exception>
    public async Task InstallAsync(DataFile file, Stream content, string origin, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path);
        var temporary = UniquePath(file.Name);
        try
        {
            await using (var output = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
                await CopyVerifiedAsync(file, content, output, origin, cancellation);
            File.Move(temporary, PathOf(file), overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static async Task CopyVerifiedAsync(
        DataFile file, Stream content, Stream output, string origin, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        long length = 0;
        while (await content.ReadAsync(buffer, cancellation) is var read && read > 0)
        {
            length += read;
            // A stream that unpacks without end must not fill the disk.
            if (length > file.Length)
                throw DataFormatException.At(origin, file.Length, $"more bytes follow, {file.Name} should end here");

            hash.AppendData(buffer, 0, read);
            await output.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        if (length < file.Length)
            throw DataFormatException.At(origin, length, $"the content ends here, {file.Name} should have {file.Length} bytes");

        var found = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (found != file.Sha256)
            throw new DataFormatException($"{origin}: this is not {file.Name}: its SHA-256 is {found}, should be {file.Sha256}");
    }
}
