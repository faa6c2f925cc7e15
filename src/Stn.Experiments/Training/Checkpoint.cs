using System.Globalization;
using Stn.Torch;
using Stn.Torch.Files;
using Stn.Torch.Optimisers;

namespace Stn.Experiments.Training;

/// <summary>The state for an exact resume, in one file so that it cannot be torn: network, optimiser, position.</summary>
/// <remarks>Random numbers need no state: every step's come from the seed and the step.</remarks>
public static class Checkpoint
{
    private const string ModelPrefix = "model.";
    private const string OptimiserPrefix = "optimiser.";

    /// <summary>Writes the state.</summary>
    public static void Save(string path, Module network, Optimiser optimiser, Position position)
    {
        ArgumentNullException.ThrowIfNull(optimiser);
        ArgumentNullException.ThrowIfNull(position);
        Safetensors.Write(
            path,
            Prefixed(ModelPrefix, network.State()).Concat(Prefixed(OptimiserPrefix, optimiser.State())),
            new Dictionary<string, string>
            {
                ["step"] = Text(position.Step),
                ["loss_sum"] = Text(position.LossSum),
                ["wrong"] = Text(position.Wrong),
                ["images"] = Text(position.Images),
                ["seconds"] = Text(position.Seconds),
            });
    }

    /// <summary>Takes the state back.</summary>
    /// <exception cref="ArgumentException">It is of another network; the text lists the differences.</exception>
    /// <exception cref="TensorFileException">The file is broken.</exception>
    public static Position Load(string path, Module network, Optimiser optimiser)
    {
        ArgumentNullException.ThrowIfNull(optimiser);
        var file = Safetensors.Read(path);
        try
        {
            network.Load(Part(file, ModelPrefix));
            optimiser.Load(Part(file, OptimiserPrefix));
            return new Position(
                long.Parse(file.Metadata["step"], CultureInfo.InvariantCulture),
                double.Parse(file.Metadata["loss_sum"], CultureInfo.InvariantCulture),
                long.Parse(file.Metadata["wrong"], CultureInfo.InvariantCulture),
                long.Parse(file.Metadata["images"], CultureInfo.InvariantCulture),
                double.Parse(file.Metadata["seconds"], CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (error is ArgumentException or KeyNotFoundException or FormatException)
        {
            throw new ArgumentException($"{path} cannot be resumed from: {error.Message}", nameof(path), error);
        }
    }

    private static IEnumerable<KeyValuePair<string, HostTensor>> Prefixed(string prefix, IEnumerable<KeyValuePair<string, HostTensor>> state) =>
        state.Select(entry => KeyValuePair.Create(prefix + entry.Key, entry.Value));

    private static Dictionary<string, HostTensor> Part(TensorFile file, string prefix) =>
        file.Tensors.Where(t => t.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(t => t.Key[prefix.Length..], t => t.Value);

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
