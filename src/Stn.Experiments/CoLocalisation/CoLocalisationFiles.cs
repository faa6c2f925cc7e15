using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Stn.Data;
using Stn.Experiments.Results;
using Stn.Experiments.Runs;
using Stn.Torch.Files;

namespace Stn.Experiments.CoLocalisation;

/// <summary>The files of <c>results/</c> that co-localisation has: a record for each run, and the encoder.</summary>
/// <param name="folder">The folder <c>results</c>.</param>
public sealed class CoLocalisationFiles(string folder)
{
    private const ulong EncoderSeed = 1;
    private const int EncoderEpochs = 4;

    /// <summary>The encoder's weights.</summary>
    public string EncoderPath => Path.Combine(folder, CoLocalisationExperiments.Encoder, "encoder.safetensors");

    private string EncoderRecordPath => Path.Combine(folder, CoLocalisationExperiments.Encoder, "encoder.json");

    /// <summary>How documents name a record: <c>results/coloc-tc/7-seed1.json</c>.</summary>
    public static string DisplayName(CoLocalisationRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return $"{ResultFiles.FolderName}/{NameOf(record.Settings)}";
    }

    /// <summary>The file of a run, whether it is there or not.</summary>
    public string PathOf(CoLocalisationSettings settings) => Path.Combine(folder, NameOf(settings));

    /// <summary>Reads the record of a run; null where there is none.</summary>
    /// <exception cref="InvalidDataException">The file is no record, or one of another run.</exception>
    public CoLocalisationRecord? Read(CoLocalisationSettings settings)
    {
        var path = PathOf(settings);
        if (!File.Exists(path))
            return null;
        try
        {
            var record = JsonSerializer.Deserialize<CoLocalisationRecord>(File.ReadAllText(path), JsonStyle.Strict)
                ?? throw new InvalidDataException($"{path} is empty");
            return (record.Experiment, record.Seed) == (settings.Name, settings.Seed)
                ? record
                : throw new InvalidDataException($"{path} is the record of {record.Experiment}, seed {record.Seed}: it lies in a wrong place");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} is no record of a co-localisation: {error.Message}", error);
        }
    }

    /// <summary>The records of an experiment, by seed.</summary>
    /// <param name="settings">The experiment; its seed makes no difference.</param>
    public IReadOnlyList<CoLocalisationRecord> OfAllSeeds(CoLocalisationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var parent = Path.Combine(folder, settings.Data);
        if (!Directory.Exists(parent))
            return [];
        var start = string.Create(CultureInfo.InvariantCulture, $"{settings.Digit}-seed");
        var seeds = from path in Directory.EnumerateFiles(parent, start + "*.json")
                    let text = Path.GetFileNameWithoutExtension(path)[start.Length..]
                    where ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                    select ulong.Parse(text, CultureInfo.InvariantCulture);
        return [.. seeds.Order().Select(seed => Read(settings with { Seed = seed })!)];
    }

    /// <summary>Writes a record, over an older one of the same run.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="ArgumentException">The run had other settings than the experiment's.</exception>
    public string Write(CoLocalisationRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (CoLocalisationExperiments.Find(record.Experiment) is not { } experiment || experiment with { Seed = record.Seed } != record.Settings)
            throw new ArgumentException($"{record.Experiment} cannot be recorded: the run had other settings than the experiment's");
        var path = PathOf(record.Settings);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.WriteAllText(path, JsonSerializer.Serialize(record, JsonStyle.Line).Replace(",\"", ",\n\"", StringComparison.Ordinal) + "\n");
        return path;
    }

    /// <summary>The encoder and the SHA-256 of its weights; trained and kept at the first use.</summary>
    /// <param name="digits">Where digits come from; asked only where it is trained.</param>
    /// <param name="report">Told in words what happens.</param>
    public (DigitEncoder Encoder, string Hash) Encoder(Func<Mnist> digits, Action<string> report)
    {
        if (!File.Exists(EncoderPath))
            TrainEncoder(digits(), report);
        return (DigitEncoder.Read(EncoderPath), EncoderHash());
    }

    /// <summary>Whether a run is recorded, with the encoder that is kept now.</summary>
    public bool IsCurrent(CoLocalisationSettings settings) => Read(settings) is { } record && File.Exists(EncoderPath) && record.Encoder == EncoderHash();

    /// <summary>Trains the encoder and keeps it.</summary>
    /// <returns>Its error on test digits, in percent.</returns>
    public double TrainEncoder(Mnist digits, Action<string> report)
    {
        ArgumentNullException.ThrowIfNull(digits);
        ArgumentNullException.ThrowIfNull(report);
        using var encoder = DigitEncoder.Train(digits.Train, EncoderSeed, EncoderEpochs, (epoch, loss) => report(string.Create(
            CultureInfo.InvariantCulture, $"encoder: epoch {epoch} of {EncoderEpochs}, loss {loss:f3}")));
        var error = encoder.Error(digits.Test);
        Directory.CreateDirectory(Path.GetDirectoryName(EncoderPath)!);
        encoder.Write(EncoderPath);
        var record = new { Seed = EncoderSeed, Epochs = EncoderEpochs, Error = error, Command = $"stn train {CoLocalisationExperiments.Encoder}", Stn = RunManifest.BuildVersion };
        AtomicFile.WriteAllText(EncoderRecordPath, JsonSerializer.Serialize(record, JsonStyle.File) + "\n");
        report(string.Create(CultureInfo.InvariantCulture, $"encoder: {error:f2} % of the test digits are misread; {EncoderPath}"));
        return error;
    }

    private string EncoderHash() => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(EncoderPath)));

    private static string NameOf(CoLocalisationSettings settings) =>
        string.Create(CultureInfo.InvariantCulture, $"{settings.Data}/{settings.Digit}-seed{settings.Seed}.json");
}
