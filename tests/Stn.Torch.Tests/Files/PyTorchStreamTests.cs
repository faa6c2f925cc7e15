using System.Text;
using Stn.Testing;
using Stn.Torch.Files;

namespace Stn.Torch.Tests.Files;

/// <summary>Files as PyTorch wrote them before 1.6, from Python 2 among others, put together by hand.</summary>
public sealed class PyTorchStreamTests : IDisposable
{
    private const string Magic = "\u0080\u0002\u008a\u000a\u006c\u00fc\u009c\u0046\u00f9\u0020\u006a\u00a8\u0050\u0019.";
    private const string Version = "\u0080\u0002M\u00e9\u0003.";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Weights_from_Python_2_are_read()
    {
        Save();
        var tensor = Assert.Single(PyTorchFile.ReadStateDict(_folder["a.pth"]));
        Assert.Equal("w", tensor.Key);
        Assert.Equal([2, 3], tensor.Value.Shape);
        Assert.Equal([1f, 2, 3, 4, 5, 6], Tensor.From(tensor.Value).ToArray<float>());
    }

    [Fact]
    public void What_is_wrong_is_named()
    {
        Refused("another version than 1001", version: "\u0080\u0002M\u00e8\u0003.");
        Refused("little-endian", machine: Machine(little: false));
        Refused("asks for 'posix.system'", content: "\u0080\u0002cposix\nsystem\n(U\u0004truetR.");
        Refused("describes a storage in a way that PyTorch does not", content: Content(part: "(U\u0001vK\u0000K\u0006t"));
        Refused("makes an OrderedDict of what are no pairs", content: "\u0080\u0002ccollections\nOrderedDict\n]U\u0001wa\u0085R.");
        Refused("a storage '9' that no tensor speaks of", keys: "\u0080\u0002]U\u00019a.");
        Refused("lists the storage '7' twice", keys: "\u0080\u0002](U\u00017U\u00017e.", copies: 2);
        Refused("the storage '7' is missing", keys: "\u0080\u0002].");
        Refused("does not list its storages", keys: "\u0080\u0002N.");
        Refused("has 5 elements where 6 are announced", count: 5);
        Refused("the file ends at", elements: 4);
        Refused("the file ends before its content does", copies: 0);
    }

    private static string Machine(bool little = true) => $"\u0080\u0002}}U\u000dlittle_endian{(little ? '\u0088' : '\u0089')}s.";

    // An OrderedDict of a list of pairs, texts of bytes, and the first way to describe a tensor: as Python 2 and PyTorch 0.3 wrote it.
    private static string Content(string part = "N") =>
        "\u0080\u0002ccollections\nOrderedDict\n](](U\u0001wctorch._utils\n_rebuild_tensor\n((U\u0007storagectorch\nFloatStorage\nU\u00017U\u0003cpuK\u0006"
        + part + "tQK\u0000K\u0002K\u0003\u0086K\u0003K\u0001\u0086tRee\u0085R.";

    private void Save(
        string version = Version, string? machine = null, string? content = null, string keys = "\u0080\u0002]U\u00017a.", long count = 6, int elements = 6, int copies = 1)
    {
        using var file = File.Create(_folder["a.pth"]);
        file.Write(Encoding.Latin1.GetBytes(Magic + version + (machine ?? Machine()) + (content ?? Content()) + keys));
        for (var copy = 0; copy < copies; copy++)
        {
            file.Write(BitConverter.GetBytes(count));
            for (var i = 1; i <= elements; i++)
                file.Write(BitConverter.GetBytes((float)i));
        }
    }

    private void Refused(
        string part, string version = Version, string? machine = null, string? content = null, string keys = "\u0080\u0002]U\u00017a.", long count = 6, int elements = 6, int copies = 1)
    {
        Save(version, machine, content, keys, count, elements, copies);
        SampleTensors.AssertRefused(_folder["a.pth"], path => PyTorchFile.ReadStateDict(path), part);
    }
}
