using System.Text.Json;
using Stn.Checks.Benchmarks;
using Stn.Experiments.Runs;
using Stn.Testing;

namespace Stn.Cli.Tests;

/// <summary><c>stn bench sampler</c> on sizes too small to say anything about speed.</summary>
public sealed class BenchCommandTests
{
    [Fact]
    public void Every_work_is_measured_and_printed_as_JSON()
    {
        foreach (var work in SamplerWork.All)
        {
            var size = work.IsVolume ? "2x1x5x6x7" : "2x3x5x6";
            var outcome = Tool.Run("bench", "sampler", "--only", work.Name, "--size", size, "--threads", "1", "2", "--seconds", "0.01", "--json");
            Assert.Equal(0, outcome.Code);
            var rows = outcome.Json.GetProperty("rows").EnumerateArray().ToArray();
            Assert.Equal([1, 2], rows.Select(row => row.GetProperty("threads").GetInt32()));
            Assert.All(rows, row => Assert.Equal((work.Name, size), (row.GetProperty("work").GetString(), row.GetProperty("size").GetString())));
            Assert.All(rows, row => Assert.Equal(Number(row, "libtorch_ms") / Number(row, "stn_ms"), Number(row, "ratio"), 1e-9));
            Assert.All(rows, row => Assert.True(Number(row, "memcpy_ms") > 0));
        }
    }

    [Theory]
    [InlineData("--only affine", "--only knows affine-forward")]
    [InlineData("--size 3x4", "a size is NxCxHxW or NxCxDxHxW")]
    [InlineData("--only affine-forward --size 1x1x2x3x4", "'affine-forward' does not work on 1x1x2x3x4")]
    [InlineData("--threads 0", "--threads must be 1 or more")]
    [InlineData("--seconds 0", "--seconds must be positive")]
    public void Bad_arguments_are_named(string arguments, string message)
    {
        var outcome = Tool.Run(["bench", "sampler", .. arguments.Split(' ')]);
        Assert.Equal(StnTool.Usage, outcome.Code);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_in_the_documentation_is_what_a_run_wrote()
    {
        var report = JsonSerializer.Deserialize<SamplerReport>(Text("results", "bench-sampler.json"), JsonStyle.Line)!;
        Assert.Contains(report.Markdown(), Text("docs", "performance.md"), StringComparison.Ordinal);
    }

    private static string Text(string folder, string file) => File.ReadAllText(Path.Combine(RepositoryFolder.Root, folder, file));

    private static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();
}
