using System.Diagnostics;
using Stn.Testing;

namespace Stn.Models.Tests;

/// <summary>The example in docs/architectures.md is the sample that is built, and prints what it says.</summary>
public sealed class DocumentationTests
{
    private static readonly string _sample = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "samples", "InsideANetwork", "Program.cs"));

    [Fact]
    public void The_example_in_the_documentation_is_the_sample() => Assert.Contains(
        $"```csharp\n{_sample}```\n", File.ReadAllText(Path.Combine(RepositoryFolder.Root, "docs", "architectures.md")), StringComparison.Ordinal);

    [Fact]
    public async Task The_sample_prints_what_its_last_comments_say()
    {
        var promised = _sample.Split('\n').Where(line => line.StartsWith("// ", StringComparison.Ordinal)).Select(line => line[3..]);
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.Combine(RepositoryFolder.Root, "samples", "InsideANetwork", "bin", configuration, "net10.0", "InsideANetwork.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true })!;
        var printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        Assert.Equal(promised, printed.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
