using Stn.Torch.Files;

namespace Stn.Torch.Tests.Files;

/// <summary>Tensors of every type, made from a fixed seed, and how two sets of tensors are compared.</summary>
internal static class SampleTensors
{
    public static OrderedDictionary<string, HostTensor> OfEveryType()
    {
        var random = new Random(3);
        var tensors = new OrderedDictionary<string, HostTensor>();
        // Sizes that are no multiple of eight, so that wrong alignment shows.
        foreach (var type in Enum.GetValues<DType>())
            tensors.Add($"layer.{type}", Of(type, [3, 5], random));
        tensors.Add("scalar", Of(DType.Float64, [], random));
        tensors.Add("empty", Of(DType.Int32, [2, 0, 3], random));
        tensors.Add("name with \"quotes\", größe ✓", Of(DType.Float32, [1, 7, 1], random));
        return tensors;
    }

    public static HostTensor Of(DType type, long[] shape, Random random)
    {
        var data = new byte[shape.Aggregate(1L, (product, size) => product * size) * type.SizeInBytes()];
        random.NextBytes(data);
        if (type == DType.Bool)
            data = Array.ConvertAll(data, value => (byte)(value & 1));
        return new HostTensor(type, shape, data);
    }

    public static void AssertEqual(IReadOnlyDictionary<string, HostTensor> expected, IReadOnlyDictionary<string, HostTensor> actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        foreach (var (name, tensor) in expected)
        {
            Assert.Equal(tensor.Type, actual[name].Type);
            Assert.Equal(tensor.Shape, actual[name].Shape);
            Assert.Equal(tensor.Data, actual[name].Data);
        }
    }

    public static TensorFileException AssertRefused(string path, Func<string, object> read, params string[] parts)
    {
        var refusal = Assert.Throws<TensorFileException>(() => read(path));
        Assert.Equal(path, refusal.Path);
        Assert.StartsWith(path, refusal.Message, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, refusal.Message, StringComparison.Ordinal));
        return refusal;
    }
}
