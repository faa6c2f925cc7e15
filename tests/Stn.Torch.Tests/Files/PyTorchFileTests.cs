using System.IO.Compression;
using Stn.Testing;
using Stn.Torch.Files;

namespace Stn.Torch.Tests.Files;

public sealed class PyTorchFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("state_dict")]
    [InlineData("unusual_tensors")]
    [InlineData("checkpoint")]
    [InlineData("protocol4")]
    public void What_PyTorch_saved_is_read_with_its_values(string name) => SampleTensors.AssertEqual(
        Safetensors.Read(Golden($"{name}.expected.safetensors")).Tensors,
        PyTorchFile.ReadStateDict(Golden($"{name}.pt")));

    [Fact]
    public void A_ZIP64_archive_is_read() => SampleTensors.AssertEqual(
        Safetensors.Read(Golden("state_dict.expected.safetensors")).Tensors,
        PyTorchFile.ReadStateDict(Golden("zip64.pt")));

    [Fact]
    public void A_file_of_PyTorch_before_1_6_is_read() => SampleTensors.AssertEqual(
        Safetensors.Read(Golden("state_dict.expected.safetensors")).Tensors,
        PyTorchFile.ReadStateDict(Golden("before_1_6.pt")));

    [Fact]
    public void A_key_picks_the_state_dict_out_of_a_checkpoint()
    {
        var all = PyTorchFile.ReadStateDict(Golden("checkpoint.pt"));
        var picked = PyTorchFile.ReadStateDict(Golden("checkpoint.pt"), "state_dict");
        Assert.Equal(["conv.weight", "conv.bias"], picked.Keys.Take(2));
        Assert.All(picked, tensor => Assert.Equal(all[$"state_dict.{tensor.Key}"].Data, tensor.Value.Data));
        Assert.Contains("4.exp_avg", PyTorchFile.ReadStateDict(Golden("checkpoint.pt"), "optimizer.state").Keys);
    }

    [Fact]
    public void A_key_that_is_not_there_gives_those_that_are() => SampleTensors.AssertRefused(
        Golden("checkpoint.pt"), path => PyTorchFile.ReadStateDict(path, "model"),
        "no dictionary 'model'; those at its top are: 'state_dict', 'optimizer'.");

    [Fact]
    public void A_key_that_is_no_dictionary_is_refused() => SampleTensors.AssertRefused(
        Golden("checkpoint.pt"), path => PyTorchFile.ReadStateDict(path, "epoch"), "no dictionary 'epoch'");

    [Fact]
    public void Tensors_of_every_type_come_back_in_their_order()
    {
        var tensors = SampleTensors.OfEveryType();
        PyTorchFile.WriteStateDict(_folder["a.pt"], tensors);
        SampleTensors.AssertEqual(tensors, PyTorchFile.ReadStateDict(_folder["a.pt"]));
    }

    [Fact]
    public void No_tensors_are_a_file_too()
    {
        PyTorchFile.WriteStateDict(_folder["a.pt"], []);
        Assert.Empty(PyTorchFile.ReadStateDict(_folder["a.pt"]));
    }

    [Fact]
    public void The_same_tensors_give_the_same_bytes_under_any_name()
    {
        PyTorchFile.WriteStateDict(_folder["a.pt"], SampleTensors.OfEveryType());
        PyTorchFile.WriteStateDict(_folder["b.pt"], SampleTensors.OfEveryType());
        Assert.Equal(File.ReadAllBytes(_folder["a.pt"]), File.ReadAllBytes(_folder["b.pt"]));
    }

    [Fact]
    public void Each_storage_begins_at_a_multiple_of_64_bytes()
    {
        var tensors = SampleTensors.OfEveryType();
        PyTorchFile.WriteStateDict(_folder["a.pt"], tensors);
        var file = File.ReadAllBytes(_folder["a.pt"]);
        Assert.All(tensors.Values.Where(tensor => tensor.Data.Length > 8), tensor => Assert.Equal(0, file.AsSpan().IndexOf(tensor.Data) % 64));
    }

    [Fact]
    public void The_archive_is_one_that_others_read()
    {
        PyTorchFile.WriteStateDict(_folder["a.pt"], SampleTensors.OfEveryType());
        using var zip = ZipFile.OpenRead(_folder["a.pt"]);
        Assert.All(zip.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));
        using var version = new StreamReader(zip.GetEntry("archive/version")!.Open());
        Assert.Equal("3\n", version.ReadToEnd());
    }

    [Fact]
    public void More_entries_than_a_zip_can_count_are_not_written()
    {
        HostTensor empty = new(DType.Int8, [0], []);
        var error = Assert.Throws<ArgumentException>(() =>
            PyTorchFile.WriteStateDict(_folder["a.pt"], Enumerable.Range(0, 65_536).Select(i => KeyValuePair.Create($"{i}", empty))));
        Assert.Contains("65,535 entries; write safetensors", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_tensor_whose_bytes_do_not_match_or_a_name_that_comes_twice_is_not_written()
    {
        HostTensor right = new(DType.Int8, [1], [1]), wrong = new(DType.Int8, [2], [1]);
        Assert.Throws<ArgumentException>(() => PyTorchFile.WriteStateDict(_folder["a.pt"], [KeyValuePair.Create("w", wrong)]));
        Assert.Throws<ArgumentException>(() => PyTorchFile.WriteStateDict(_folder["a.pt"], [KeyValuePair.Create("w", right), KeyValuePair.Create("w", right)]));
        Assert.False(File.Exists(_folder["a.pt"]));
    }

    private static string Golden(string name) => RepositoryFolder.Golden("files", name);
}
