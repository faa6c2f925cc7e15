using System.Diagnostics;

namespace Stn.Torch.Tests;

/// <summary>Layers choose their forms by the processor: their tests again, in a child process, on one without AVX-512.</summary>
public sealed class NarrowVectorsTests
{
    [Fact]
    public void The_tests_of_layers_pass_without_AVX512()
    {
        var start = new ProcessStartInfo("dotnet", ["test", typeof(NarrowVectorsTests).Assembly.Location, "--filter", "FullyQualifiedName~Stn.Torch.Tests.Layers"])
        {
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_EnableAVX512"] = "0" },
        };
        using var process = Process.Start(start)!;
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Matches(@"Passed!  - Failed:     0, Passed:   [1-9]\d\d,", printed);
        Assert.Equal(0, process.ExitCode);
    }
}
