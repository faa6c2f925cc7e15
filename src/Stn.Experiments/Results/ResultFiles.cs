using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Stn.Experiments.Runs;
using Stn.Experiments.Training;
using Stn.Torch.Files;

namespace Stn.Experiments.Results;

/// <summary>The files <c>results/&lt;experiment&gt;/&lt;protocol&gt;-seed&lt;k&gt;.json</c>, written by <see cref="Recorder"/> and never by hand.</summary>
/// <param name="folder">The folder <c>results</c>.</param>
public sealed partial class ResultFiles(string folder)
{
    /// <summary>Of files that are sought, the name of the folder; of what is told, the beginning of their names.</summary>
    public const string FolderName = "results";

    /// <summary>The folder.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>A run's name within the folder, without an ending: <c>rts/st-cnn-aff/fast-seed1</c>.</summary>
    public static string NameOf(string experiment, string protocol, ulong seed) =>
        string.Create(CultureInfo.InvariantCulture, $"{experiment}/{protocol}-seed{seed}");

    /// <summary>The file of a run, whether it is there or not.</summary>
    public string PathOf(TrainingConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return Path.Combine(Folder, NameOf(config.Experiment, config.Protocol, config.Seed) + ".json");
    }

    /// <summary>How documents name a record: <c>results/rts/st-cnn-aff/fast-seed1.json</c>.</summary>
    public static string DisplayName(RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return $"{FolderName}/{NameOf(record.Experiment, record.Protocol, record.Seed)}.json";
    }

    /// <summary>All records, by name.</summary>
    /// <exception cref="InvalidDataException">A file is not what <see cref="Write"/> writes, or is of another run than its name says.</exception>
    public IReadOnlyList<RunRecord> All() => !Directory.Exists(Folder)
        ? []
        : [.. Directory.EnumerateFiles(Folder, "*-seed*.json", SearchOption.AllDirectories)
            .Where(path => Name().IsMatch(Relative(path)))
            .Order(StringComparer.Ordinal)
            .Select(Read)];

    /// <summary>Reads one.</summary>
    /// <inheritdoc cref="All"/>
    public RunRecord Read(string path)
    {
        var record = Parse(path);
        var name = NameOf(record.Experiment, record.Protocol, record.Seed);
        return Relative(Path.GetFullPath(path)) == name + ".json"
            ? record
            : throw new InvalidDataException($"{path} is the record of {name}: it lies in a wrong place");
    }

    /// <summary>Writes a record, over an older one of the same run.</summary>
    /// <returns>The file.</returns>
    public string Write(RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var path = PathOf(record.Settings);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.WriteAllText(path, Text(record));
        return path;
    }

    /// <summary>Reads a record wherever it lies.</summary>
    internal static RunRecord Parse(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<RunRecord>(File.ReadAllText(path), JsonStyle.Strict) ?? throw new InvalidDataException($"{path} is empty");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} is no record of a run: {error.Message}", error);
        }
    }

    private string Relative(string path) => Path.GetRelativePath(Folder, path).Replace(Path.DirectorySeparatorChar, '/');

    // A line for each number or setting, and one for each epoch.
    private static string Text(RunRecord record)
    {
        var properties = JsonSerializer.SerializeToNode(record, JsonStyle.Line)!.AsObject();
        return $"{{\n{string.Join(",\n", properties.Select(p => $"  \"{p.Key}\": {Value(p.Value!)}"))}\n}}\n";
    }

    private static string Value(JsonNode value) => value switch
    {
        JsonArray { Count: > 0 } list => $"[\n{string.Join(",\n", list.Select(item => $"    {item!.ToJsonString(JsonStyle.Line)}"))}\n  ]",
        JsonObject => value.ToJsonString(JsonStyle.File).Replace("\n", "\n  ", StringComparison.Ordinal),
        _ => value.ToJsonString(JsonStyle.Line),
    };

    [GeneratedRegex("^[a-z0-9-]+/[a-z0-9-]+/[a-z0-9]+-seed[0-9]+[.]json$")]
    private static partial Regex Name();
}
