namespace Stn.Torch.Files;

/// <summary>Opens a file for a reader and gives every complaint about its content the file's name.</summary>
internal static class GuardedRead
{
    public static T From<T>(string path, Func<FileStream, T> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return read(stream);
        }
        catch (InvalidDataException e)
        {
            throw new TensorFileException(path, e.Message, e);
        }
        catch (EndOfStreamException e)
        {
            throw new TensorFileException(path, "the file ends before its content does; it was truncated.", e);
        }
    }
}
