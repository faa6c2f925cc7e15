using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Stn.Data;
using Stn.Torch;
using Stn.Torch.Files;

namespace Stn.Experiments.Runs;

/// <summary>What a run's numbers came from.</summary>
/// <param name="Stn">The version of Stn with the commit it was built from.</param>
/// <param name="Libtorch">The version of libtorch.</param>
/// <param name="Dotnet">The version of .NET.</param>
/// <param name="Processor">The processor's name.</param>
/// <param name="Cores">Its cores, as seen here.</param>
/// <param name="Threads">The threads of one operator.</param>
/// <param name="Device">Where the network ran.</param>
/// <param name="Started">When, in UTC.</param>
/// <param name="TrainingData">What it learned from.</param>
/// <param name="EvaluationData">What its error was measured on.</param>
public sealed record RunManifest(
    string Stn, string Libtorch, string Dotnet, string Processor, int Cores, int Threads, string Device, DateTime Started,
    DataManifest TrainingData, DataManifest EvaluationData)
{
    /// <summary>The version and commit of this build.</summary>
    public static string BuildVersion { get; } =
        typeof(RunManifest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Whether the code differed from that commit; null where nobody could tell.</summary>
    public bool? Changed { get; init; }

    /// <summary>The name of the CUDA device; null where the network ran on the processor.</summary>
    public string? Gpu { get; init; }

    /// <summary>The parts that were made by another build, or on another machine, after the run had been stopped; null where there are none.</summary>
    public IReadOnlyList<RunPart>? Resumed { get; init; }

    /// <summary>All parts: what this manifest is of first, then those of <see cref="Resumed"/>.</summary>
    [JsonIgnore]
    public IReadOnlyList<RunPart> Parts => [Part(0), .. Resumed ?? []];

    /// <summary>The commit it was built from; null where the build does not know.</summary>
    [JsonIgnore]
    public string? Commit => Stn.Split('+') is [_, var commit] ? commit : null;

    /// <summary>The processor's name as the system gives it.</summary>
    public static string ProcessorName()
    {
        const string CpuInfo = "/proc/cpuinfo";
        var line = File.Exists(CpuInfo)
            ? File.ReadLines(CpuInfo).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    /// <summary>The manifest of a run that starts now.</summary>
    public static RunManifest Of(ISampleSet training, ISampleSet evaluation, string device) => new(
        BuildVersion, TorchRuntime.Version, RuntimeInformation.FrameworkDescription, ProcessorName(), Environment.ProcessorCount,
        TorchRuntime.Threads, device, DateTime.UtcNow, DataManifest.Of(training), DataManifest.Of(evaluation))
    {
        Changed = SourceTree.IsChanged,
        Gpu = TorchRuntime.NameOf(Torch.Device.Parse(device)),
    };

    /// <summary>Reads manifest.json.</summary>
    /// <exception cref="InvalidDataException">It is not what <see cref="Write"/> writes.</exception>
    public static RunManifest Read(string path)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<RunManifest>(File.ReadAllText(path), JsonStyle.Strict) ?? throw new JsonException("there is nothing in it");
            // Strict looks at properties, not into lists.
            return manifest.Resumed?.Contains(null!) == true ? throw new JsonException("a part in resumed is null") : manifest;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} is no run manifest: {error.Message}", error);
        }
    }

    /// <summary>The manifest of this run when it goes on under another: what it says, and the part from that step on if its build or its machine
    /// is not that of the part before. Parts from later steps are left out: none of what they made is left.</summary>
    /// <param name="now">That of the build and machine of now.</param>
    /// <param name="step">Where the run goes on; from 0, nothing of this one is left.</param>
    internal RunManifest GoingOn(RunManifest now, long step)
    {
        if (step == 0)
            return now;
        RunPart[] kept = [.. Parts.TakeWhile(part => part.Step < step)];
        var next = now.Part(step);
        RunPart[] resumed = kept[^1].IsAlike(next) ? kept[1..] : [.. kept[1..], next];
        return this with { Resumed = resumed.Length == 0 ? null : resumed };
    }

    /// <summary>In what the machine of now differs from the last of this run, so far as it may change the bits of a result; in words.</summary>
    internal IReadOnlyList<string> Differences(RunManifest now) => Parts[^1].Differences(now.Part(0));

    /// <summary>Whether both are of the same images.</summary>
    public bool HasSameData(RunManifest other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return TrainingData == other.TrainingData && EvaluationData == other.EvaluationData;
    }

    /// <summary>Writes manifest.json.</summary>
    public void Write(string path) => AtomicFile.WriteAllText(path, JsonSerializer.Serialize(this, JsonStyle.File) + "\n");

    private RunPart Part(long step) => new(step, Stn, Libtorch, Dotnet, Processor, Cores, Threads, Device, Started) { Changed = Changed, Gpu = Gpu };
}
