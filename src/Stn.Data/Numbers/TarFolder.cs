using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using Stn.Data.Sources;

namespace Stn.Data.Numbers;

/// <summary>A folder that travels as a .tar.gz.</summary>
internal static class TarFolder
{
    /// <summary>Unpacks the files of the archive's folder <paramref name="name"/> into a folder that appears when it is whole; one that is there already stays as it is.</summary>
    /// <param name="archive">The .tar.gz.</param>
    /// <param name="name">The folder in it: <c>train</c>.</param>
    /// <param name="folder">The folder to make.</param>
    /// <param name="cancellation">Ends the wait for another process that unpacks it.</param>
    /// <exception cref="DataFormatException">The archive is damaged, cut off, or holds no such folder.</exception>
    public static async Task UnpackAsync(string archive, string name, string folder, CancellationToken cancellation = default)
    {
        // One at a time: the one that waited finds the folder. A lock ends with its process, so what lies below the other name is left from one that was killed.
        using var _ = await FileLock.TakeAsync(folder + ".lock", cancellation);
        if (Directory.Exists(folder))
            return;
        var temporary = folder + ".tmp";
        Remove(temporary);
        Directory.CreateDirectory(temporary);
        try
        {
            if (UnpackInto(archive, name, temporary) == 0)
                throw new DataFormatException($"{archive} holds no folder '{name}' with files");
            Directory.Move(temporary, folder);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new DataFormatException($"{archive} is damaged or cut off: {error.Message}", error);
        }
        finally
        {
            Remove(temporary);
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static int UnpackInto(string archive, string name, string folder)
    {
        using var stored = File.OpenRead(archive);
        using var unpacked = new GZipStream(stored, CompressionMode.Decompress, leaveOpen: true);
        using var content = new CountingStream(unpacked);
        using var tar = new TarReader(content);
        var files = 0;
        while (tar.GetNextEntry() is { } entry)
        {
            // Files alone, under their last name: nothing in an archive may lead out of the folder.
            var parts = entry.Name.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToArray();
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || parts is not [var first, var file] || first != name || file == "..")
                continue;
            entry.ExtractToFile(Path.Combine(folder, file), overwrite: false);
            files++;
        }

        // GZipStream ends in silence where its bytes do.
        content.CopyTo(Stream.Null);
        if (LengthInTrailer(stored) != (uint)content.Count)
            throw new InvalidDataException($"{content.Count} bytes are in it, its last four bytes say otherwise");
        return files;
    }

    // Of the content, modulo 2^32: the last four bytes of a gzip file.
    private static uint LengthInTrailer(FileStream stored)
    {
        Span<byte> trailer = stackalloc byte[sizeof(uint)];
        if (stored.Length < trailer.Length)
            throw new InvalidDataException($"{stored.Length} bytes are no gzip file");
        stored.Seek(-trailer.Length, SeekOrigin.End);
        stored.ReadExactly(trailer);
        return BinaryPrimitives.ReadUInt32LittleEndian(trailer);
    }
}
