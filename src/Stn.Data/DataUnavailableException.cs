namespace Stn.Data;

/// <summary>A data set is not here and could not be fetched; the message lists what was tried and what the user can do.</summary>
public sealed class DataUnavailableException : Exception
{
    /// <summary>An error without a message.</summary>
    public DataUnavailableException()
    {
    }

    /// <summary>An error described by <paramref name="message"/>.</summary>
    public DataUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>An error described by <paramref name="message"/>, caused by <paramref name="innerException"/>.</summary>
    public DataUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
