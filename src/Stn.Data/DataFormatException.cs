namespace Stn.Data;

/// <summary>A data file is not what it should be; the message names the file, the place in it, and what would be right.</summary>
public sealed class DataFormatException : Exception
{
    /// <summary>An error without a message.</summary>
    public DataFormatException()
    {
    }

    /// <summary>An error described by <paramref name="message"/>.</summary>
    public DataFormatException(string message)
        : base(message)
    {
    }

    /// <summary>An error described by <paramref name="message"/>, caused by <paramref name="innerException"/>.</summary>
    public DataFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The error at byte <paramref name="offset"/> of <paramref name="file"/>.</summary>
    internal static DataFormatException At(string file, long offset, string what) => new($"{file}: byte {offset}: {what}");
}
