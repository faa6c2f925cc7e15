namespace Stn.Torch.Files;

/// <summary>Weights from a file of either kind: safetensors, or a <c>state_dict</c> of PyTorch. Nothing in a file is run.</summary>
public static class WeightFile
{
    private const int LengthBytes = 8;

    /// <summary>Reads the tensors of a file; its first bytes say of which kind it is, or its name, where it ends in .safetensors.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">Where the file is a PyTorch checkpoint, the dictionary inside it to read; see <see cref="PyTorchFile.ReadStateDict"/>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="TensorFileException">The file is damaged, of another format, or asks for code.</exception>
    public static IReadOnlyDictionary<string, HostTensor> Read(string path, string? key = null)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: there is no such weights file");
        return IsSafetensors(path) ? Safetensors.Read(path).Tensors : PyTorchFile.ReadStateDict(path, key);
    }

    /// <summary>Loads a file into a module by name.</summary>
    /// <param name="module">What is loaded.</param>
    /// <param name="path">A file that <see cref="Read"/> takes.</param>
    /// <param name="strict">Whether everything must fit; otherwise what fits is taken, and the result lists the rest.</param>
    /// <param name="key">See <see cref="Read"/>.</param>
    /// <exception cref="ArgumentException">The file does not fit; not strict: nothing in it does. The module is as it was, and the text lists every difference.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="TensorFileException">The file is damaged, of another format, or asks for code.</exception>
    public static StateFit Load(this Module module, string path, bool strict = true, string? key = null)
    {
        var state = Read(path, key);
        var fit = module.Fit(state);
        if (strict ? !fit.IsExact : fit.Matching.Count == 0)
            throw new ArgumentException($"{path}: {(strict ? "the weights do not fit" : "nothing in it fits")} this network: {string.Join("; ", fit.Differences)}", nameof(path));

        module.LoadMatching(state);
        return fit;
    }

    // The format begins with the length of its JSON header.
    private static bool IsSafetensors(string path)
    {
        if (path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
            return true;

        Span<byte> start = stackalloc byte[LengthBytes + 1];
        using var stream = File.OpenRead(path);
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start[LengthBytes] == '{';
    }
}
