using Stn.Kernels.Tests.Support;

namespace Stn.Kernels.Tests;

/// <summary>The paths of processors without AVX2 and without AVX-512: the same tests in a child process with the instruction sets switched off.</summary>
[Trait(TestRun.Starts, "processes")]
public class ScalarPathTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public void All_tests_pass_without(string instructionSet)
    {
        // Exit code 2: the instruction set is still on.
        var printed = Tool.Run(
            "dotnet", ["exec", typeof(ScalarPathTests).Assembly.Location], (instructionSet, "0"), (GuardPageTests.Variable, "6000"));
        Assert.Matches("^[1-9][0-9]{2} passed, 0 failed\n$", printed);
    }
}
