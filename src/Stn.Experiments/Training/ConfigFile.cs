using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Stn.Models;
using Stn.Torch.Files;

namespace Stn.Experiments.Training;

/// <summary>A run's settings as JSON, and changes to them by name.</summary>
public static class ConfigFile
{
    /// <summary>Snake-case names, indented; unknown keys and nulls are errors.</summary>
    internal static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        WriteIndented = true,
    };

    /// <summary>Writes config.json.</summary>
    public static void Write(string path, TrainingConfig config) =>
        AtomicFile.WriteAllText(path, Text(config) + "\n");

    /// <summary>The settings as config.json shows them.</summary>
    public static string Text(TrainingConfig config) => JsonSerializer.Serialize(config, Json);

    /// <summary>Reads config.json.</summary>
    /// <exception cref="InvalidDataException">It is not what <see cref="Write"/> writes.</exception>
    public static TrainingConfig Read(string path)
    {
        try
        {
            var config = JsonSerializer.Deserialize<TrainingConfig>(File.ReadAllText(path), Json)
                ?? throw new InvalidDataException($"{path} is empty");
            Validate(config);
            return config;
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"{path} is no run configuration: {error.Message}", error);
        }
    }

    /// <summary>Applies <c>key=value</c> settings.</summary>
    /// <exception cref="ArgumentException">A key is unknown, or a value does not fit; the text names both and says what fits.</exception>
    public static TrainingConfig Apply(TrainingConfig config, IEnumerable<string> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var values = JsonSerializer.SerializeToNode(config, Json)!.AsObject();
        foreach (var setting in settings)
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new ArgumentException($"'{setting}' is not key=value");
            Set(values, setting[..equals].Replace('-', '_'), setting[(equals + 1)..]);
        }

        var changed = values.Deserialize<TrainingConfig>(Json)!;
        Validate(changed);
        return changed;
    }

    /// <summary>The settings in which two configurations differ, in words.</summary>
    /// <param name="stored">One.</param>
    /// <param name="asked">The other.</param>
    /// <param name="where">Where the values of the one are, in words.</param>
    /// <param name="there">Where those of the other are.</param>
    public static IReadOnlyList<string> Differences(TrainingConfig stored, TrainingConfig asked, string where = "in the run", string there = "now")
    {
        var (left, right) = (JsonSerializer.SerializeToNode(stored, Json)!.AsObject(), JsonSerializer.SerializeToNode(asked, Json)!.AsObject());
        return [.. from entry in left
                   let other = right[entry.Key]
                   where !JsonNode.DeepEquals(entry.Value, other)
                   select $"{entry.Key} is {entry.Value} {where} and {other} {there}"];
    }

    /// <summary>Throws unless every value makes sense.</summary>
    /// <exception cref="ArgumentException">One does not.</exception>
    public static void Validate(TrainingConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        Require(config.Epochs >= 1, "epochs", "1 or more", config.Epochs);
        Require(config.Batch >= 1, "batch", "1 or more", config.Batch);
        Require(config.Steps >= 0, "steps", "0 or more", config.Steps);
        Require(config.StepEvery >= 1, "step_every", "1 or more", config.StepEvery);
        Require(config.LogEvery >= 1, "log_every", "1 or more", config.LogEvery);
        Require(config.Rate > 0 && double.IsFinite(config.Rate), "rate", "above 0", config.Rate);
        Require(config.LocalisationRate >= 0 && double.IsFinite(config.LocalisationRate), "localisation_rate", "0 or more", config.LocalisationRate);
        Require(config.WarmUp is > 0 and < 1, "warm_up", "between 0 and 1", config.WarmUp);
        Require(config.Momentum is >= 0 and < 1, "momentum", "in [0, 1)", config.Momentum);
        Require(config.WeightDecay >= 0 && double.IsFinite(config.WeightDecay), "weight_decay", "0 or more", config.WeightDecay);
        Require(config.LabelSmoothing is >= 0 and < 1, "label_smoothing", "in [0, 1)", config.LabelSmoothing);
        Require(config.ClipTheta >= 0 && double.IsFinite(config.ClipTheta), "clip_theta", "0 or more", config.ClipTheta);
        Require(config.IdentityPenalty >= 0 && double.IsFinite(config.IdentityPenalty), "identity_penalty", "0 or more", config.IdentityPenalty);
        Require(config.TrainImages >= 0, "train_images", "0 or more", config.TrainImages);
        Require(config.TestImages >= 0, "test_images", "0 or more", config.TestImages);
        Require(config.Validation >= 0, "validation", "0 or more", config.Validation);
        Require(config.Optimiser is "sgd" or "adam" or "adamw" or "muon", "optimiser", "sgd, adam, adamw or muon", config.Optimiser);
        Require(config.Schedule is "constant" or "steps" or "one-cycle", "schedule", "constant, steps or one-cycle", config.Schedule);
        Require(config.Backbone.Length == 0 || Backbones.Names.Contains(config.Backbone), "backbone", string.Join(" or ", Backbones.Names), config.Backbone);
        _ = config.Milestones;
        _ = Torch.Device.Parse(config.Device);
    }

    private static void Set(JsonObject values, string key, string text)
    {
        if (key is "experiment" or "protocol" or "pictures" || !values.ContainsKey(key))
        {
            var known = values.Select(v => v.Key).Where(k => k is not ("experiment" or "protocol" or "pictures"));
            throw new ArgumentException($"'{key}' is no setting; the settings are {string.Join(", ", known)}");
        }

        values[key] = Value(key, text);
    }

    private static JsonValue Value(string key, string text)
    {
        var type = typeof(TrainingConfig).GetProperties().First(p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name) == key).PropertyType;
        if (type == typeof(string))
            return JsonValue.Create(text);
        if (type == typeof(double))
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) ? JsonValue.Create(real) : throw Unfit("a number");
        if (type == typeof(ulong))
            return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? JsonValue.Create(seed) : throw Unfit($"a whole number from 0 to {ulong.MaxValue}");
        var largest = type == typeof(int) ? int.MaxValue : long.MaxValue;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && Math.Abs((decimal)whole) <= largest
            ? JsonValue.Create(whole)
            : throw Unfit($"a whole number up to {largest}");

        ArgumentException Unfit(string expected) => new($"{key}={text}: expected {expected}");
    }

    private static void Require(bool holds, string key, string expected, object value)
    {
        if (!holds)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{key} must be {expected}, got {value}"));
    }
}
