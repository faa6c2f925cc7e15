using System.Buffers.Binary;
using System.Text.Json;
using Stn.Torch;

namespace Stn.Testing;

/// <summary>Arrays that another program wrote, as safetensors; a reader of its own, so that no test trusts what it tests.</summary>
public static class GoldenFile
{
    /// <summary>Reads all arrays of a file below tests/golden.</summary>
    public static IReadOnlyDictionary<string, HostTensor> Read(params string[] parts)
    {
        var bytes = File.ReadAllBytes(RepositoryFolder.Golden(parts));
        var length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        using var header = JsonDocument.Parse(bytes.AsMemory(sizeof(ulong), length));
        var body = bytes.AsMemory(sizeof(ulong) + length);
        var tensors = new Dictionary<string, HostTensor>();
        foreach (var entry in header.RootElement.EnumerateObject())
        {
            var offsets = Numbers(entry.Value.GetProperty("data_offsets"));
            var data = body[(int)offsets[0]..(int)offsets[1]].ToArray();
            tensors.Add(entry.Name, new HostTensor(Type(entry.Value), Numbers(entry.Value.GetProperty("shape")), data));
        }

        return tensors;
    }

    private static long[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetInt64())];

    private static DType Type(JsonElement entry) => entry.GetProperty("dtype").GetString() switch
    {
        "F32" => DType.Float32,
        "F64" => DType.Float64,
        "I64" => DType.Int64,
        var other => throw new InvalidDataException($"golden files hold no {other}"),
    };
}
