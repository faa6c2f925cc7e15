namespace Stn.Experiments.Training;

/// <summary>A run that cannot go on: a loss that is not finite, for one. The text says where.</summary>
public sealed class TrainingException : Exception
{
    /// <summary>Makes an exception without a text.</summary>
    public TrainingException()
    {
    }

    /// <summary>Makes an exception with a text.</summary>
    public TrainingException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a text and its cause.</summary>
    public TrainingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
