using System.Text.Json;

namespace Stn.Experiments.Runs;

/// <summary>One look for all JSON that a run writes: snake_case names.</summary>
public static class JsonStyle
{
    /// <summary>On one line: a line of a log.</summary>
    public static JsonSerializerOptions Line { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Indented: a file for people too.</summary>
    public static JsonSerializerOptions File { get; } = new(Line) { WriteIndented = true };
}
