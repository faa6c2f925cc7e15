using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stn.Experiments.Results;

/// <summary>Whole numbers as one text with spaces between: hundreds of them on a line.</summary>
internal sealed class IndexListConverter : JsonConverter<IReadOnlyList<int>>
{
    public override IReadOnlyList<int> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return [.. reader.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => int.Parse(n, NumberStyles.None, CultureInfo.InvariantCulture))];
        }
        catch (Exception error) when (error is FormatException or OverflowException or InvalidOperationException)
        {
            throw new JsonException("expected whole numbers with spaces between, as a text", error);
        }
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<int> value, JsonSerializerOptions options) =>
        writer.WriteStringValue(string.Join(' ', value));
}
