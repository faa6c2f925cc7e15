using System.Diagnostics;
using System.Text.Json;
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
    public void The_figures_in_the_README_are_those_that_the_demo_wrote()
    {
        var readme = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "README.md"));
        using var demo = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryFolder.Root, "results", "demo.json")));
        foreach (var (row, key) in new[] { ("rts/cnn-pooled", "cnn_pooled"), ("rts/st-cnn-aff", "st_cnn") })
        {
            var result = demo.RootElement.GetProperty(key);
            var figures = $"| {result.GetProperty("error").GetDouble():f2} % | {result.GetProperty("seconds").GetDouble():f0} s |";
            Assert.Contains(readme.Split('\n'), line => line.StartsWith($"| `{row}`", StringComparison.Ordinal) && line.EndsWith(figures, StringComparison.Ordinal));
        }
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
