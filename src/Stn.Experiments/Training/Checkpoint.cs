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
                ["log_loss_sum"] = Text(position.LogLossSum),
                ["log_steps"] = Text(position.LogSteps),
                ["seconds"] = Text(position.Seconds),
            });
    }

    /// <summary>Takes the state back.</summary>
    /// <exception cref="InvalidDataException">It is of another network or optimiser, or lacks something; the text lists the differences.</exception>
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
                Number<long>(file, "step"), Number<double>(file, "loss_sum"), Number<long>(file, "wrong"), Number<long>(file, "images"),
                Number<double>(file, "log_loss_sum"), Number<long>(file, "log_steps"), Number<double>(file, "seconds"));
        }
        catch (Exception error) when (error is ArgumentException or KeyNotFoundException or FormatException or OverflowException)
        {
            throw new InvalidDataException($"{path} cannot be resumed from: {error.Message}", error);
        }
    }

    /// <summary>The number of steps made, before there is a network to take the state back into.</summary>
    /// <exception cref="InvalidDataException">The file says nothing of steps.</exception>
    /// <exception cref="TensorFileException">The file is broken.</exception>
    public static long StepOf(string path) =>
        Safetensors.Read(path).Metadata.TryGetValue("step", out var text) && long.TryParse(text, CultureInfo.InvariantCulture, out var step)
            ? step
            : throw new InvalidDataException($"{path} cannot be resumed from: it has no number 'step'");

    private static IEnumerable<KeyValuePair<string, HostTensor>> Prefixed(string prefix, IEnumerable<KeyValuePair<string, HostTensor>> state) =>
        state.Select(entry => KeyValuePair.Create(prefix + entry.Key, entry.Value));

    private static Dictionary<string, HostTensor> Part(TensorFile file, string prefix) =>
        file.Tensors.Where(t => t.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(t => t.Key[prefix.Length..], t => t.Value);

    private static T Number<T>(TensorFile file, string key)
        where T : IParsable<T> => T.Parse(file.Metadata[key], CultureInfo.InvariantCulture);

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
