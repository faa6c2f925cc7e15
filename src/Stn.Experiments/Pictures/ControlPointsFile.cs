using System.Text.Json;
using System.Text.Json.Serialization;
using Stn.Transformations;

namespace Stn.Experiments.Pictures;

/// <summary>
/// Reads control points: <c>{"side":2,"points":[[-1,-1],[1,-1],[-1,1],[1,1]]}</c>, a lattice's source positions, normalised and row by
/// row, or <c>{"pairs":[{"from":[10,20],"to":[12,20]},…]}</c>, pixels; <c>"regulariser"</c> may stand beside either.
/// </summary>
public static class ControlPointsFile
{
    /// <summary>The two forms, for help and messages.</summary>
    public const string Forms = """{"side":K,"points":[[x,y],…]} or {"pairs":[{"from":[x,y],"to":[x,y]},…]}""";

    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    /// <summary>Makes a transformation of the points in a file.</summary>
    /// <param name="path">A JSON file.</param>
    /// <param name="make">What to make of its points.</param>
    /// <exception cref="InvalidDataException">The file is not of this form, or its points say no such transformation; the message names it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FamilyMember Read(string path, Func<ControlPoints, FamilyMember> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: no such file of control points", path);
        try
        {
            return make(JsonSerializer.Deserialize<ControlPoints>(File.ReadAllBytes(path), Strict) ?? throw new JsonException("there is nothing in it"));
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"{path}: {Reason(error)} (right is {Forms})", error);
        }
    }

    // The name of a parameter says nothing to whoever wrote the file.
    private static string Reason(Exception error) => error is ArgumentException { ParamName: { } name }
        ? error.Message.Replace($" (Parameter '{name}')", string.Empty, StringComparison.Ordinal)
        : error.Message;
}
