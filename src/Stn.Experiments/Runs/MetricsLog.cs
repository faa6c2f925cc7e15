using System.Text.Json;
using Stn.Experiments.Training;
using Stn.Torch.Files;

namespace Stn.Experiments.Runs;

/// <summary>metrics.jsonl and its like: written line by line, and put back to where a checkpoint stands when a run goes on.</summary>
public sealed class MetricsLog : IDisposable
{
    private readonly StreamWriter _writer;

    private MetricsLog(StreamWriter writer) => _writer = writer;

    /// <summary>Opens the log of a run that stands at <paramref name="step"/>; later lines are of a part that will be done again, and go.</summary>
    public static MetricsLog Open(string path, long step)
    {
        if (File.Exists(path))
        {
            var kept = File.ReadLines(path).Where(line => StepOf(line) <= step);
            AtomicFile.WriteAllText(path, string.Concat(kept.Select(line => line + "\n").ToArray()));
        }

        return new MetricsLog(new StreamWriter(path, append: true) { AutoFlush = true });
    }

    /// <summary>The epoch lines of a log, in order.</summary>
    public static IReadOnlyList<EpochMetrics> Epochs(string path) => Lines<EpochMetrics>(path, "epoch");

    /// <summary>Whether epoch lines are those of a whole run: none is missing, and the last is of the run's last step.</summary>
    /// <param name="epochs">The lines.</param>
    /// <param name="config">The run's settings.</param>
    public static bool IsWhole(IReadOnlyList<EpochMetrics> epochs, TrainingConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return HasEach(epochs) && epochs is [.., var last] && (last.Epoch >= config.Epochs || (config.Steps > 0 && last.Step >= config.Steps));
    }

    /// <summary>Whether epoch lines, as far as they come, are of every epoch once, in order.</summary>
    public static bool HasEach(IReadOnlyList<EpochMetrics> epochs) => epochs.Select(epoch => epoch.Epoch).SequenceEqual(Enumerable.Range(1, epochs.Count));

    /// <summary>The step lines of a log, in order.</summary>
    public static IReadOnlyList<StepMetrics> Steps(string path) => Lines<StepMetrics>(path, "step");

    /// <summary>The lines about transformers that collapsed or came back, in order.</summary>
    public static IReadOnlyList<CollapseMetrics> Collapses(string path) => Lines<CollapseMetrics>(path, "collapse");

    /// <summary>The frames of a file of snapshots, in order.</summary>
    public static IReadOnlyList<FilmFrame> Frames(string path) => Lines<FilmFrame>(path, "snapshot");

    /// <summary>Adds a line.</summary>
    public void Write<T>(T line) => _writer.WriteLine(JsonSerializer.Serialize(line, JsonStyle.Line));

    /// <summary>Closes the file.</summary>
    public void Dispose() => _writer.Dispose();

    private static List<T> Lines<T>(string path, string kind)
    {
        try
        {
            return
            [
                .. File.ReadLines(path).Where(line => Element(line, "kind", JsonValueKind.String)?.ValueEquals(kind) ?? false)
                    .Select(line => JsonSerializer.Deserialize<T>(line, JsonStyle.Line)!),
            ];
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: a line of kind '{kind}' is none: {error.Message}", error);
        }
    }

    // A kill may leave half a line at the end: it counts as later than everything.
    private static long StepOf(string line) =>
        Element(line, "step", JsonValueKind.Number) is { } step && step.TryGetInt64(out var number) ? number : long.MaxValue;

    private static JsonElement? Element(string line, string name, JsonValueKind kind)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == kind
                ? value.Clone()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
