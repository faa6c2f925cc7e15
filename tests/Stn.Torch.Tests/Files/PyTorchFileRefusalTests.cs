using Stn.Testing;
using Stn.Torch.Files;

namespace Stn.Torch.Tests.Files;

/// <summary>Files that hold code, and other formats: refused with the reason, and nothing is run.</summary>
public sealed class PyTorchFileRefusalTests : IDisposable
{
    private const string Advice = "Files with code are refused, and nothing of it was run: in PyTorch, save the weights alone, torch.save(model.state_dict(), path).";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_whole_module_is_refused_by_its_class() =>
        AssertRefused("whole_module.pt", "asks for 'torch.nn.modules.container.Sequential'", Advice);

    [Fact]
    public void A_command_is_refused_and_not_run()
    {
        AssertRefused("runs_a_command.pt", "asks for 'posix.system'", Advice);
        Assert.False(File.Exists("stn-was-here"));
    }

    [Fact]
    public void TorchScript_is_refused() => AssertRefused("torchscript.pt", "TorchScript", Advice);

    [Fact]
    public void Sparse_tensors_are_refused() => AssertRefused("sparse.pt", "a kind of tensor that is not read (torch._utils._rebuild_sparse_tensor)");

    [Fact]
    public void Complex_tensors_are_refused() => AssertRefused("complex.pt", "a kind of tensor that is not read (torch.ComplexFloatStorage)");

    [Fact]
    public void A_single_tensor_is_refused() => AssertRefused("single_tensor.pt", "holds a single tensor");

    [Fact]
    public void A_tar_file_is_refused()
    {
        var tar = new byte[512];
        "ustar"u8.CopyTo(tar.AsSpan(257));
        File.WriteAllBytes(_folder["a.tar"], tar);
        SampleTensors.AssertRefused(_folder["a.tar"], path => PyTorchFile.ReadStateDict(path), "tar archive");
    }

    [Fact]
    public void A_file_that_is_no_archive_is_refused()
    {
        File.WriteAllBytes(_folder["empty.pt"], []);
        SampleTensors.AssertRefused(_folder["empty.pt"], path => PyTorchFile.ReadStateDict(path), "not a zip archive");
        SampleTensors.AssertRefused(RepositoryFolder.Golden("files", "state_dict.expected.safetensors"), path => PyTorchFile.ReadStateDict(path), "not a zip archive");
    }

    [Theory]
    [InlineData("cos\nsystem\n", "asks for 'os.system'")]
    [InlineData("c__builtin__\neval\n", "asks for '__builtin__.eval'")]
    [InlineData("ctorch\nload\n", "asks for 'torch.load'")]
    [InlineData("\u008c\u0002os\u008c\u0006system\u0093", "asks for 'os.system'")]
    [InlineData("(ios\nsystem\n", "operation 0x69")]
    [InlineData("ccollections\nOrderedDict\n)\u0081", "operation 0x81")]
    [InlineData("(ccollections\nOrderedDict\no", "operation 0x6f")]
    [InlineData("\u0082\u0001", "operation 0x82")]
    [InlineData("P0\n", "operation 0x50")]
    public void Whatever_could_run_code_is_refused(string operations, string part)
    {
        PickleText.Save(_folder["a.pt"], PickleText.Dictionary("w", operations));
        SampleTensors.AssertRefused(_folder["a.pt"], path => PyTorchFile.ReadStateDict(path), part, Advice);
    }

    private static void AssertRefused(string golden, params string[] parts) =>
        SampleTensors.AssertRefused(RepositoryFolder.Golden("files", golden), path => PyTorchFile.ReadStateDict(path), parts);
}
