namespace Stn.Torch.Files;

/// <summary>
/// A file of tensors is not what its format promises, or holds something that Stn refuses to read.
/// The message names the file, what is wrong in it, and what would be right.
/// </summary>
/// <remarks>A file that cannot be opened at all (absent, no permission) gives .NET's own exception instead.</remarks>
public sealed class TensorFileException : FormatException
{
    /// <summary>Says what is wrong with a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What is wrong and what would be right, as a sentence.</param>
    /// <param name="inner">What led to it, if anything.</param>
    public TensorFileException(string path, string problem, Exception? inner = null)
        : base($"{path}: {problem}", inner) => Path = path;

    /// <summary>The file that could not be read.</summary>
    public string Path { get; }
}
