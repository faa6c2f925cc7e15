using System.Diagnostics;
using Stn.Testing;

namespace Stn.Tests;

/// <summary>The README's example is the sample that is built, and prints what it says.</summary>
public sealed class ReadmeTests
{
    private static readonly string Sample = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "samples", "Quickstart", "Program.cs"));

    [Fact]
    public void The_example_in_the_README_is_the_sample()
    {
        var readme = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "README.md"));
        Assert.Contains($"```csharp\n{Sample}```\n", readme, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sample_prints_what_its_last_comments_say()
    {
        var promised = Sample.Split('\n').Where(line => line.StartsWith("// ", StringComparison.Ordinal)).Select(line => line[3..]);
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.Combine(RepositoryFolder.Root, "samples", "Quickstart", "bin", configuration, "net10.0", "Quickstart.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true })!;
        var printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        Assert.Equal(promised, printed.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
