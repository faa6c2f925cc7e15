using Stn.Testing;
using Stn.Torch.Files;

namespace Stn.Torch.Tests.Files;

public sealed class PyTorchFileDamageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_hand_written_pickle_is_right_before_it_is_damaged()
    {
        PickleText.Save(_folder["a.pt"], PickleText.OneTensor());
        var tensor = PyTorchFile.ReadStateDict(_folder["a.pt"])["w"];
        Assert.Equal([2, 3], tensor.Shape);
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (byte)i), tensor.Data);
    }

    [Theory]
    [InlineData(6, 0, new long[] { 2, 4 }, new long[] { 4, 1 }, "'w' reaches element 7 of a storage of 6")]
    [InlineData(6, 1, new long[] { 2, 3 }, new long[] { 3, 1 }, "'w' reaches element 6")]
    [InlineData(6, 7, new long[] { }, new long[] { }, "'w' reaches element 7")]
    [InlineData(6, 0, new long[] { 2, 3 }, new long[] { long.MaxValue, 1 }, "'w' reaches element")]
    [InlineData(6, 0, new long[] { 2, 3 }, new long[] { 1 }, "'w' has 2 sizes and 1 strides")]
    [InlineData(6, 0, new long[] { 2, 3 }, new long[] { -3, 1 }, "'w' has a negative offset or stride")]
    [InlineData(6, -1, new long[] { 2 }, new long[] { 1 }, "'w' has a negative offset or stride")]
    [InlineData(6, 0, new long[] { -2, 3 }, new long[] { 3, 1 }, "'w' has the shape [-2, 3]")]
    [InlineData(6, 0, new long[] { 1L << 62, 8 }, new long[] { 0, 0 }, "'w' with the shape [4611686018427387904, 8] is larger than 2 GiB")]
    [InlineData(6, 0, new long[] { 1L << 28 }, new long[] { 0 }, "unfold into 1073741824 bytes")]
    [InlineData(5, 0, new long[] { 5 }, new long[] { 1 }, "'x/data/0' has 24 bytes; 5 elements of Float32 need 20")]
    [InlineData(long.MaxValue, 0, new long[] { 5 }, new long[] { 1 }, "'x/data/0' has 24 bytes")]
    [InlineData(-1, 0, new long[] { 5 }, new long[] { 1 }, "describes a storage in a way")]
    public void A_view_that_leaves_its_storage_is_refused(long count, long offset, long[] shape, long[] strides, string part) =>
        AssertRefused(PickleText.OneTensor(count: count, offset: offset, shape: shape, strides: strides), part);

    [Fact]
    public void A_storage_that_is_missing_is_named() => AssertRefused(PickleText.OneTensor(key: "../1"), "'x/data/../1' is missing");

    [Fact]
    public void A_boolean_that_is_neither_0_nor_1_is_refused() =>
        AssertRefused(PickleText.OneTensor("BoolStorage", count: 24, shape: [24], strides: [1]), "'w' is boolean and holds 2");

    [Theory]
    [InlineData("\u0080\u0005}.", "pickle protocol 5")]
    [InlineData("\u0080\u0002", "0 are left")]
    [InlineData("\u0080\u0002.", "empty stack")]
    [InlineData("\u0080\u0002}u.", "never opened")]
    [InlineData("\u0080\u0002}(Nu.", "without a value")]
    [InlineData("\u0080\u0002}(K\u0001\u0085s.", "empty stack")]
    [InlineData("\u0080\u0002h\u0007.", "recalls value 7")]
    [InlineData("\u0080\u0002K\u0001.", "no dictionary")]
    [InlineData("\u0080\u0002X\u00ff\u00ff\u00ff\u00ff.", "4294967295 bytes are announced")]
    [InlineData("\u0080\u0002\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff.", "18446744073709551615 bytes are announced")]
    [InlineData("\u0080\u0002\u008c\u0001\u00ff.", "not UTF-8")]
    [InlineData("\u0080\u0002ccollections", "does not end within")]
    [InlineData("\u0080\u0002}K\u0001a.", "uses PickledDict where PickledList is needed")]
    [InlineData("\u0080\u0002]K\u0001K\u0002s.", "uses PickledList where PickledDict is needed")]
    [InlineData("\u0080\u0002}Nb.", "uses None where PickledDict is needed")]
    [InlineData("\u0080\u0002K\u0001)R.", "is needed; it is damaged")]
    [InlineData("\u0080\u0002ccollections\nOrderedDict\nK\u0001\u0085R.", "makes an OrderedDict from arguments")]
    [InlineData("\u0080\u0002ctorch._utils\n_rebuild_tensor_v2\n)R.", "describes a tensor in a way")]
    [InlineData("\u0080\u0002ctorch._utils\n_rebuild_parameter\n)R.", "describes a parameter in a way")]
    public void A_damaged_pickle_is_refused(string pickle, string part) => AssertRefused(pickle, part);

    [Fact]
    public void A_size_that_is_no_number_is_refused() =>
        AssertRefused(PickleText.OneTensor().Replace(PickleText.Integers([2, 3]), "N\u0085", StringComparison.Ordinal), "not a whole number");

    [Fact]
    public void A_lazily_negated_view_is_refused() => AssertRefused(
        PickleText.OneTensor(last: "\u0089" + PickleText.OrderedDict + "}" + PickleText.Text("neg") + "\u0088s"), "lazily negated or conjugated");

    [Fact]
    public void A_tensor_with_empty_metadata_is_read()
    {
        PickleText.Save(_folder["b.pt"], PickleText.OneTensor(last: "\u0089" + PickleText.OrderedDict + "}"));
        Assert.Single(PyTorchFile.ReadStateDict(_folder["b.pt"]));
    }

    [Fact]
    public void A_name_that_is_neither_text_nor_number_is_refused() =>
        AssertRefused("\u0080\u0002}(" + "N" + "}" + "u.", "neither text nor number");

    [Fact]
    public void A_tensor_that_is_named_twice_is_refused()
    {
        var tensor = PickleText.OneTensor()[3..^2];
        AssertRefused("\u0080\u0002}" + tensor + "u" + tensor + "u.", "names the tensor 'w' twice");
    }

    [Fact]
    public void Dictionaries_that_contain_themselves_are_refused() => AssertRefused("\u0080\u0002}q\u0000K\u0001h\u0000s.", "deeper than 64");

    [Fact]
    public void Lists_that_unfold_without_end_are_refused()
    {
        // Each list is remembered and put into the next one twice: 2 to the power of 60 in 500 bytes.
        var lists = new string(']', 61);
        var doubling = string.Concat(Enumerable.Repeat("q\u0001ah\u0001a", 60));
        AssertRefused("\u0080\u0002}K\u0001" + lists + doubling + "s.", "nests more than 2000000 values");
    }

    [Fact]
    public void Memory_that_no_state_dict_needs_is_refused()
    {
        AssertRefused("\u0080\u0002" + new string('N', 100_001) + ".", "stacks more than 100000 values");
        AssertRefused("\u0080\u0002" + new string('(', 1_001) + ".", "nests deeper than 1000");
        AssertRefused("\u0080\u0002N" + new string('\u0094', 1_000_001) + ".", "remembers more than 1000000 values");
        AssertRefused(new string('N', (16 << 20) + 1), "at most 16777216 are read");
    }

    private void AssertRefused(string pickle, params string[] parts)
    {
        File.Delete(_folder["a.pt"]);
        PickleText.Save(_folder["a.pt"], pickle);
        SampleTensors.AssertRefused(_folder["a.pt"], path => PyTorchFile.ReadStateDict(path), parts);
    }
}
