using Stn.Testing;
using Stn.Torch.Files;

namespace Stn.Torch.Tests.Files;

public class CheckedByPyTorchTests
{
    [FactWithPyTorch]
    public void PyTorch_loads_what_is_written_with_weights_only_and_finds_the_same_values()
    {
        using var folder = new TemporaryFolder();
        var tensors = SampleTensors.OfEveryType();
        PyTorchFile.WriteStateDict(folder["a.pt"], tensors);
        Safetensors.Write(folder["a.safetensors"], tensors, [KeyValuePair.Create("epoch", "3")]);
        var (exitCode, output) = PythonWithTorch.Run(
            RepositoryFolder.Golden("files", "check_written.py"), folder["a.pt"], folder["a.safetensors"]);
        Assert.True(exitCode == 0, output);
        Assert.Contains("13 tensors are equal; metadata {'epoch': '3'}", output, StringComparison.Ordinal);
    }
}
