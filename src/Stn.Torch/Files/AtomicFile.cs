using System.Text;

namespace Stn.Torch.Files;

/// <summary>
/// Writes a file so that its name always holds a whole version, the old one or the new one: a killed run, a
/// crash or a full disk never leaves half a checkpoint.
/// </summary>
public static class AtomicFile
{
    /// <summary>
    /// Writes to a temporary file in the same folder, flushes it to the disk, and renames it over <paramref name="path"/>.
    /// </summary>
    /// <param name="path">The file to create or replace; its folder must exist.</param>
    /// <param name="write">Writes the content. Whatever it throws, the temporary file is removed and an old version stays.</param>
    /// <exception cref="IOException">
    /// The content could not be stored (a full disk, no permission, no such folder); the message names the file and
    /// says what became of an old version. The cause is the inner exception.
    /// </exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        var target = Path.GetFullPath(path);
        // The same folder, since a rename is atomic within one file system only.
        var temporary = $"{target}.{Guid.NewGuid().ToString("N")[..8]}.tmp";
        try
        {
            WriteThrough(temporary, write);
            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception failure)
        {
            Discard(temporary);
            if (failure is IOException or UnauthorizedAccessException)
                throw Explained(target, failure);
            throw;
        }
    }

    /// <summary>Writes a text as UTF-8 without a byte order mark, in the same way as <see cref="Write"/>.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="text">The whole new content.</param>
    /// <exception cref="IOException">As <see cref="Write"/>.</exception>
    public static void WriteAllText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private static void WriteThrough(string path, Action<Stream> write)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        write(stream);
        // Without this a power cut after the rename could leave the new name on an empty file.
        stream.Flush(flushToDisk: true);
    }

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report; it most likely is the reason for this one, too.
        }
    }

    private static IOException Explained(string target, Exception failure)
    {
        var old = File.Exists(target) ? "The previous version of the file is intact." : "No file was left there.";
        // The code tells a full disk from other failures; callers look at it.
        return new IOException($"Could not write '{target}': {failure.Message} {old}", failure) { HResult = failure.HResult };
    }
}
