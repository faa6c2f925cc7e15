namespace Stn.Data.Sources;

/// <summary>A file that one process at a time holds open. The lock goes with the process, however that ends; the file stays.</summary>
public static class FileLock
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Takes the lock; null where another holds it.</summary>
    /// <exception cref="IOException">The file cannot be opened for another reason.</exception>
    public static IDisposable? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (IsHeld(error))
        {
            return null;
        }
    }

    /// <summary>Takes the lock, and waits as long as another holds it.</summary>
    /// <inheritdoc cref="TryTake"/>
    public static async Task<IDisposable> TakeAsync(string path, CancellationToken cancellation = default)
    {
        IDisposable? taken;
        while ((taken = TryTake(path)) is null)
            await Task.Delay(s_pause, cancellation);
        return taken;
    }

    // EAGAIN of flock, ERROR_SHARING_VIOLATION; a full disk or a missing right is something else.
    private static bool IsHeld(IOException error) => error.HResult is 11 or unchecked((int)0x80070020);
}
