using System.Globalization;

namespace Stn.Torch;

/// <summary>Where a tensor's memory lies: the processor's memory, or a CUDA device by number.</summary>
public readonly record struct Device
{
    private readonly int _cudaPlusOne;

    private Device(int cudaPlusOne) => _cudaPlusOne = cudaPlusOne;

    /// <summary>The processor's own memory.</summary>
    public static Device Cpu => default;

    /// <summary>Whether this is a CUDA device.</summary>
    public bool IsCuda => _cudaPlusOne > 0;

    /// <summary>The number of the CUDA device, from 0; null for the processor.</summary>
    public int? Index => IsCuda ? _cudaPlusOne - 1 : null;

    /// <summary>A CUDA device by its number, from 0.</summary>
    public static Device Cuda(int index = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new Device(index + 1);
    }

    /// <summary>Reads <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
    /// <exception cref="ArgumentException">The text is none of these.</exception>
    public static Device Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "cpu")
            return Cpu;
        if (text == "cuda")
            return Cuda();
        if (text.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            return Cuda(index);
        throw new ArgumentException($"'{text}' is no device: use cpu, cuda or cuda:<number>", nameof(text));
    }

    /// <inheritdoc/>
    public override string ToString() => Index is { } index ? $"cuda:{index}" : "cpu";
}
