using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stn.Experiments.Runs;

/// <summary>One look for all JSON that a run writes: snake_case names; numbers that JSON lacks as "NaN" and "Infinity".</summary>
public static class JsonStyle
{
    /// <summary>On one line: a line of a log.</summary>
    public static JsonSerializerOptions Line { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // for files and terminals, not for pages
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>For reading: what cannot be missing or null is an error.</summary>
    public static JsonSerializerOptions Strict { get; } = new(Line) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <summary>On one line, and what is not there says so: its key is there, with null.</summary>
    public static JsonSerializerOptions WithNulls { get; } = new(Line) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    /// <summary>Indented: a file for people too.</summary>
    public static JsonSerializerOptions File { get; } = new(Line) { WriteIndented = true };
}
