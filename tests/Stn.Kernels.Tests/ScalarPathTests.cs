using System.Diagnostics;

namespace Stn.Kernels.Tests;

/// <summary>The path of processors without AVX2, in a child process with the instruction sets switched off.</summary>
public class ScalarPathTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public void The_oracle_holds_without(string instructionSet)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(ScalarPathTests).Assembly.Location]) { RedirectStandardError = true };
        start.Environment[instructionSet] = "0";
        using var child = Process.Start(start)!;
        var errors = child.StandardError.ReadToEnd();
        child.WaitForExit();
        Assert.True(child.ExitCode == 0, $"exit code {child.ExitCode} (2: AVX2 is still on) {errors}");
    }
}
