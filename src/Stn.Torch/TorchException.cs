namespace Stn.Torch;

/// <summary>An error of libtorch: the operator's name, the shapes it was given, and libtorch's own message.</summary>
public sealed class TorchException : Exception
{
    /// <summary>Makes an exception without a text.</summary>
    public TorchException()
    {
    }

    /// <summary>Makes an exception with a text.</summary>
    public TorchException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a text and its cause: the exception of a custom function written in C#, for one.</summary>
    public TorchException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
