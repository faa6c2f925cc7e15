using System.Buffers.Binary;
using Stn.Testing;
using Stn.Torch.Files;

namespace Stn.Torch.Tests.Files;

public sealed class SafetensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder["a.safetensors"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tensors_of_every_type_come_back_in_their_order_with_the_metadata()
    {
        var tensors = SampleTensors.OfEveryType();
        Dictionary<string, string> metadata = new() { ["epoch"] = "3", ["what"] = "\"größe\"\n✓" };
        Safetensors.Write(Path, tensors, metadata);
        var read = Safetensors.Read(Path);
        SampleTensors.AssertEqual(tensors, read.Tensors);
        Assert.Equal(metadata, read.Metadata);
    }

    [Fact]
    public void No_tensors_and_no_metadata_are_a_file_too()
    {
        Safetensors.Write(Path, []);
        Assert.Empty(Safetensors.Read(Path).Tensors);
        Assert.Empty(Safetensors.Read(Path).Metadata);
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes()
    {
        Safetensors.Write(Path, SampleTensors.OfEveryType());
        Safetensors.Write(_folder["b"], SampleTensors.OfEveryType());
        Assert.Equal(File.ReadAllBytes(Path), File.ReadAllBytes(_folder["b"]));
    }

    [Fact]
    public void The_header_is_padded_with_spaces_to_eight_bytes()
    {
        for (var length = 1; length <= 16; length++)
        {
            var tensor = SampleTensors.Of(DType.UInt8, [1], new Random(1));
            Safetensors.Write(Path, [KeyValuePair.Create(new string('n', length), tensor)]);
            var bytes = File.ReadAllBytes(Path);
            var header = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            Assert.Equal(0, header % 8);
            Assert.Equal(8 + header + 1, bytes.Length);
            Assert.All(bytes[(8 + bytes.AsSpan(8, header).LastIndexOf((byte)'}') + 1)..(8 + header)], pad => Assert.Equal((byte)' ', pad));
        }
    }

    [Fact]
    public void A_file_of_an_independent_writer_is_read()
    {
        var file = Safetensors.Read(RepositoryFolder.Golden("files", "unusual_tensors.expected.safetensors"));
        Assert.Equal("make_files.py", file.Metadata["made by"]);
        Assert.Equal(BitConverter.GetBytes(3.25), file.Tensors["scalar"].Data);
        Assert.Empty(file.Tensors["scalar"].Shape);
    }

    [Fact]
    public void A_tensor_whose_bytes_do_not_match_its_shape_is_not_written()
    {
        HostTensor wrong = new(DType.Float32, [2, 3], new byte[23]);
        var error = Assert.Throws<ArgumentException>(() => Safetensors.Write(Path, [KeyValuePair.Create("w", wrong)]));
        Assert.Contains("tensor 'w' of type Float32 and shape [2, 3] needs 24 bytes and has 23.", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void A_boolean_that_is_neither_0_nor_1_is_not_written()
    {
        HostTensor wrong = new(DType.Bool, [2], [1, 2]);
        var error = Assert.Throws<ArgumentException>(() => Safetensors.Write(Path, [KeyValuePair.Create("w", wrong)]));
        Assert.Contains("holds 2 at element 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_come_twice_or_are_reserved_are_not_written()
    {
        var entry = KeyValuePair.Create("w", SampleTensors.Of(DType.Int8, [1], new Random(1)));
        Assert.Throws<ArgumentException>(() => Safetensors.Write(Path, [entry, entry]));
        Assert.Throws<ArgumentException>(() => Safetensors.Write(Path, [KeyValuePair.Create("__metadata__", entry.Value)]));
        Assert.Throws<ArgumentException>(() => Safetensors.Write(Path, [entry], [KeyValuePair.Create("m", "1"), KeyValuePair.Create("m", "2")]));
    }

    [Fact]
    public void A_missing_file_gives_the_systems_own_exception() =>
        Assert.Throws<FileNotFoundException>(() => Safetensors.Read(_folder["none"]));
}
