using System.Globalization;
using System.Text.Json;
using Stn.Data;
using Stn.Experiments.CoLocalisation;
using Stn.Experiments.Runs;

namespace Stn.Cli.Commands;

/// <summary>Co-localisation and its encoder: what <c>stn train</c> and <c>stn sweep</c> share.</summary>
/// <param name="digits">Where digits come from.</param>
/// <param name="results">The folder of results.</param>
internal sealed class CoLocalisation(Func<Mnist> digits, string results)
{
    private readonly CoLocalisationFiles _files = new(results);

    /// <summary>Whether a name is one of these.</summary>
    internal static bool IsName(string? name) => name == CoLocalisationExperiments.Encoder || CoLocalisationExperiments.Find(name) is not null;

    /// <summary>Whether there is a record with the encoder that is kept now.</summary>
    internal bool IsRecorded(CoLocalisationSettings settings) => _files.IsCurrent(settings);

    /// <summary>Settings with changes, <c>key=value</c>.</summary>
    /// <exception cref="ArgumentException">A key is unknown, or a value does not fit.</exception>
    internal static CoLocalisationSettings Apply(CoLocalisationSettings settings, IEnumerable<string> changes)
    {
        var values = JsonSerializer.SerializeToNode(settings, JsonStyle.Line)!.AsObject();
        foreach (var change in changes)
        {
            var parts = change.Split('=', 2);
            var key = parts[0].Replace('-', '_');
            string[] known = [.. values.Select(v => v.Key).Where(k => k is not ("digit" or "cluttered"))];
            if (parts.Length < 2 || !known.Contains(key))
                throw new ArgumentException($"'{change}' is no setting of {settings.Name}: key=value, with one of {string.Join(", ", known)}");
            if (!decimal.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || number < 0)
                throw new ArgumentException($"{change}: expected a number of 0 or more");
            values[key] = number;
        }

        try
        {
            var changed = values.Deserialize<CoLocalisationSettings>(JsonStyle.Line)!;
            changed.Check();
            return changed;
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"{string.Join(' ', changes)}: {error.Path} must be a whole number", error);
        }
    }

    /// <summary>Trains the encoder; returns its error.</summary>
    internal double TrainEncoder() => _files.TrainEncoder(digits(), System.Console.Error.WriteLine);

    /// <summary>Runs one.</summary>
    /// <param name="settings">What decides it.</param>
    /// <param name="isRecorded">Whether its record is written.</param>
    /// <returns>Its record, and the file that it was written to.</returns>
    internal (CoLocalisationRecord Record, string? File) Run(CoLocalisationSettings settings, bool isRecorded)
    {
        if (isRecorded && CoLocalisationExperiments.Find(settings.Name)! with { Seed = settings.Seed } != settings)
            throw new ArgumentException($"{settings.Name} cannot be recorded with changed settings: leave out --set");
        var (encoder, hash) = _files.Encoder(digits, System.Console.Error.WriteLine);
        using (encoder)
        {
            var record = CoLocalisationRun.Run(settings, digits(), encoder, hash, frame => System.Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{settings.Name} seed {settings.Seed}, step {frame.Step}: loss {frame.Loss:f3}, found in {frame.Correct:f0} %")));
            return (record, isRecorded ? _files.Write(record) : null);
        }
    }
}
